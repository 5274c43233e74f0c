"""What the gallery shows: one board, one case and one of everything else, invented."""

from typing import Any

Shown = dict[str, Any]

NAV = [
    {"label": "Today", "href": "/", "count": 7},
    {"label": "Intake", "href": "/intake", "count": 12},
    {"label": "Waitlist", "href": "/waitlist", "count": 318},
    {"label": "Matching", "href": "/runs", "count": 41, "current": True},
    {"label": "Matches", "href": "/matches", "count": 96},
    {"label": "Volunteers", "href": "/volunteers"},
    {"label": "Rosters", "href": "/rosters"},
    {"label": "Reports", "href": "/reports"},
]
PERSON = {"name": "Elena Baca", "role": "Coordinator", "href": "/me"}
FRAME: Shown = {"nav": NAV, "person": PERSON, "csrf": "invented"}

MAM_CHAIN = [{"language": "Mam", "to": "interpreter"}, {"language": "Spanish", "to": "attorney"}]
RELAY_CHAIN = [MAM_CHAIN[0], {"language": "Spanish", "to": "interpreter"}, {"language": "English", "to": "attorney"}]

PROPOSALS: list[Shown] = [
    {
        "id": "1",
        "ref": "NM-2418",
        "href": "/cases/1",
        "title": "Asylum, defensive",
        "urgency": "now",
        "urgency_word": "Detained",
        "tags": [{"label": "Hearing in 9 days", "tone": "now"}],
        "line": ["Waiting 31 days", "45 h", "immigration court"],
        "seats": [
            {"role": "mentor", "fact": "not needed"},
            {"role": "interpreter", "name": "L. Ramírez", "fact": "1 of 2 places used"},
            {"role": "attorney", "name": "R. Sandoval", "fact": "removal level 3, speaks Spanish"},
        ],
        "legs": MAM_CHAIN,
        "why": "Next best team scores 12 lower: T. Begay has no free hours before the hearing.",
        "approve_action": "/proposals/1/approve",
        "swap_href": "/proposals/1/swap",
        "checked": True,
    },
    {
        "id": "2",
        "ref": "NM-2377",
        "href": "/cases/2",
        "title": "U visa",
        "urgency": "soon",
        "urgency_word": "Certificate expires in 6 weeks",
        "line": ["Waiting 148 days", "30 h", "USCIS, remote"],
        "seats": [
            {"role": "attorney", "name": "J. Okafor", "fact": "victims level 2, Texas bar"},
            {"role": "interpreter", "name": "M. Petit"},
            {"role": "mentor", "name": "A. Whitehorse", "fact": "level 4"},
        ],
        "legs": [{"language": "Haitian Creole", "to": "interpreter"}, {"language": "English", "to": "attorney"}],
        "approve_action": "/proposals/2/approve",
        "swap_href": "/proposals/2/swap",
        "checked": True,
    },
    {
        "id": "3",
        "ref": "NM-2401",
        "href": "/cases/3",
        "title": "Citizenship",
        "urgency": "none",
        "tags": [{"label": "Remark: second decline", "tone": "info"}],
        "line": ["Waiting 212 days", "8 h", "Doña Ana, in person"],
        "seats": [{"role": "attorney", "name": "C. Montoya", "fact": "speaks the client’s language (Spanish)"}],
        "approve_action": "/proposals/3/approve",
        "swap_href": "/proposals/3/swap",
    },
]

BOARD: Shown = FRAME | {
    "figures": [
        {"number": "41", "label": "proposed, 9 of them detained"},
        {"number": "12", "label": "need a relay or pivot interpreter"},
        {"number": "3", "label": "changed since Monday’s run", "href": "/compare"},
        {"number": "+14", "label": "cases, if two Mam–Spanish interpreters joined"},
    ],
    "proposals": PROPOSALS,
    "served": [
        {"label": "English", "part": 22, "whole": 24},
        {"label": "Spanish", "part": 143, "whole": 201},
        {"label": "Other", "part": 25, "whole": 43},
        {"label": "Indigenous", "part": 17, "whole": 50, "low": True},
    ],
}

CASE: Shown = {
    "lang": "es",
    "csrf": "invented",
    "signed_in": {"name": "Carmen Montoya", "role": "Abogada"},
    "nav": [
        {"label": "Casos abiertos", "href": "/cases", "current": True},
        {"label": "Mis ofertas", "href": "/offers", "count": 1},
        {"label": "Mis casos", "href": "/matches"},
    ],
    "case": {
        "title": "Asilo, solicitud afirmativa",
        "urgency": "soon",
        "urgency_word": "Plazo de un año: 7 semanas",
        "tags": [{"label": "NM-2390"}],
        "summary": "Una madre con dos hijos pide asilo por violencia de pandillas. Habla español. "
        "Tiene documentos y testigos; falta la declaración.",
        "facts": [
            {"label": "Tiempo", "value": "40–50 h en 5 meses"},
            {"label": "Dónde", "value": "A distancia, zona central"},
            {"label": "Idioma", "value": "Español, usted lo habla"},
            {"label": "Lleva esperando", "value": "9 semanas"},
        ],
        "checks": [
            {"fits": True, "text": "Asilo, nivel 2: el que pide el caso"},
            {"fits": True, "text": "No necesita intérprete"},
            {"fits": True, "text": "Mentora disponible: 12 casos de asilo"},
            {"fits": False, "text": "Su permiso de enero coincide con una fecha posible"},
        ],
        "hidden": "Los nombres aparecen solo si se le ofrece el caso, para comprobar conflictos, "
        "y queda registrado quién los vio.",
    },
}

PARTS: Shown = FRAME | {
    "flashes": [{"text": "NM-2418 is offered to R. Sandoval and L. Ramírez.", "undo_action": "/matches/1/undo"}],
    "steps": [
        {"label": "Read the waitlist", "state": "done"},
        {"label": "Asked 14 rules", "state": "done"},
        {"label": "Finding teams", "state": "doing"},
        {"label": "Writing the reasons", "state": "next"},
    ],
    "areas": [("asylum", "Asylum"), ("removal", "Removal defence")],
    "languages": [("es", "Spanish"), ("mam", "Mam")],
    "cases": [
        proposal
        | {
            "facts": [
                {"label": "Waiting", "value": "31 days"},
                {"label": "Hours", "value": "45"},
                {"label": "Language", "value": "Mam"},
                {"label": "Where", "value": "Remote, south-west"},
            ],
            "fit": {"fits": proposal["id"] != "3", "text": "Asylum, level 2"},
            "action": {"label": "Look", "href": "/cases/1"},
        }
        for proposal in PROPOSALS
    ],
    "relay": {
        "legs": RELAY_CHAIN,
        "seats": [
            {"role": "attorney", "name": "T. Begay", "tag": {"label": "Offered", "tone": "info"}},
            {"role": "interpreter", "name": "L. Ramírez", "href": "/volunteers/4", "fact": "Mam and Spanish"},
            {"role": "interpreter", "name": "P. Salas", "fact": "Spanish and English"},
        ],
    },
    "points": [{"label": "Urgency", "value": "+1,000"}, {"label": "Interpreter", "value": "−40"}],
    "events": [
        {"when": "Today, 9:20", "iso": "2025-11-24T16:20Z", "who": "Elena Baca", "what": "Approved.", "tone": "ok"},
        {
            "when": "Yesterday, 17:05",
            "who": "T. Begay",
            "what": "Declined: no time.",
            "note": "The case kept its 30 days.",
        },
        {"when": "3 November", "what": "Hearing moved forward to 3 December.", "tone": "now"},
    ],
    "people": [
        {"id": "1", "name": "T. Begay", "fact": "speaks Spanish", "note": "scores 12 lower"},
        {"id": "2", "name": "C. Montoya", "fact": "3 of 4 places used"},
    ],
    "mails": [
        {"subject": "You have a new offer", "to": "R. Sandoval", "when": "Today, 9:20", "state": "Sent", "tone": "ok"},
        {"subject": "An offer ends tomorrow", "when": "Monday", "href": "/mail/2", "text": "Please sign in to answer."},
    ],
}

ERROR: Shown = {
    "title": "This case is no longer open",
    "happened": "Another volunteer’s claim arrived a moment before yours.",
    "safe": "Nothing of yours was changed.",
    "advice": "Look at the three cases most like it.",
    "incident": "01JD-7QK2",
    "action": {"label": "Similar cases", "href": "/cases"},
}

SIGN_IN: Shown = {
    "action": "/sign-in",
    "csrf": "invented",
    "email": "elena@example.org",
    "error": "The address and the password do not belong together.",
    "demo_accounts": [{"role": "Coordinator", "email": "elena@example.org", "password": "invented"}],
}

GALLERY: dict[str, Shown] = {
    "board.html": BOARD,
    "case.html": CASE,
    "parts.html": PARTS,
    "error.html": ERROR,
    "sign_in.html": SIGN_IN,
}
