"""Papers of the demo: a page with a line of text, as a PDF that any reader opens."""

from typing import Final

HEAD: Final = b"%PDF-1.4\n"
INVENTED: Final = "Invented for a demonstration. There is no such person."


def paper(title: str) -> bytes:
    """One page in letter size with a title (ISO 32000-1, 7.5: body, cross-reference table, trailer)."""
    lines = f"BT /F1 24 Tf 72 700 Td ({_told(title)}) Tj 0 -36 Td /F1 12 Tf ({_told(INVENTED)}) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(lines)} >>\nstream\n{lines}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    )
    body, places = HEAD, list[int]()
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode()


def _told(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
