"""What is known of names: particles, titles, short and pet forms that stand for one name only, spellings of one name.

A pet form that may stand for several names (Beto: Alberto, Roberto, Gilberto) is not here: a wrong certainty would hide
a name. Sources: the RAE's Ortografía (2010) on particles and abbreviations of names; the Diccionario panhispánico de
dudas on hypocoristics; the Library of Congress's romanization of Arabic for the article and its assimilation.
"""

import re
from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PARTICLES: Final = frozenset(
    _words(
        "de del dela la las los lo y da das do dos du van von der den ter ten di della al el ul ibn bin ben bint binti "
        "ould zu"
    )
)
"""Words between names that are left out as often as they are written."""
ALSO_NAMES: Final = frozenset(_words("al ben bin da do don du haji lo sayed sayyid syed van"))
"""Particles and titles that name somebody elsewhere: Al García, Nguyễn Thị Vân, Sayed Karimi."""
NAMES_IF_FIRST: Final = frozenset(("ben", "do", "lo"))
"""Those of them that begin a name far more often than they stand within one: Ben García, Đỗ Thị Lan."""
TITLES: Final = frozenset(
    _words(
        "mr mrs ms miss mx dr dra prof sr sra srta sres don dona lic licda licdo ing arq hon esq jr ii iii iv jd phd "
        "hermano hermana padre sor fray vda viuda sheikh shaikh sheik hajji hajj haji sayyid sayed syed mullah maulana "
        "the and fnu lnu nfn nln"
    )
)
"""Words of address, and what forms have where a first or a last name is not known (FNU, LNU)."""
LEGAL_FORMS: Final = frozenset(
    _words(
        "apc chtd co company corp corporation inc incorporated limited llc llp lp lpa ltd pa pc plc pllc pllp psc "
        "sa cv srl sderl sc sapi md"
    )
)
"""Legal forms of companies, and a doctor's degree: they say nothing, but as the first word."""
JOINED_TO_NEXT: Final = {
    word: word for word in ("mc", "mac", "san", "santa", "santo", "abu", "umm", "fitz", "saint")
} | {
    "st": "saint",
    "sta": "santa",
    "sto": "santo",
    "sn": "san",
}
"""Words that belong to the word behind them, whether written apart or not, as they are written in full."""
WRITTEN_TOGETHER: Final = ("de", "del", "dela", "delos", "delas", "al", "el", "da", "dos")
"""Particles that some write as one word with what they stand before."""
ABD: Final = "abd"
"""Servant of: one name with the one behind it, and some forms have it behind a comma (Karimi, Abdul)."""
LINKED: Final = re.compile(r"[aeu][lrsdznt]([a-z]{3,})")
"""The second part of a name of two that an article links (Nur-ul-Haq, Zia-ur-Rahman), and the same without it."""

_FORMS: Final = """
abd: abdul abdel abdal abdol
abigail: aby
alejandra: aleja
alejandro: jandro
alexander: aleks
andrew: andy drew
anthony: tony
antonio: tono antnio ant
association: assn assoc
bernardo: bernar
benjamin: ben benji
brothers: bros
bryan: brian brayan braian
catherine: kathy cathy cathie
charles: chuck charlie
christopher: christofer cristofer kristofer cristopher
concepcion: concha conchita conse cncpn
consuelo: chelo
daniel: danny dani
dolores: lola
eduardo: lalo
edward: ned
elizabeth: liz lizzie eliza elisabeth elizabet elisabet
enrique: quique kike
esperanza: espe
federico: fede
fernandez: fdez fernz frnz
fernando: fdo
francisca: pancha paca fca
francisco: paco pancho fco frco
gonzalez: gzz glez gonz gnzlz glz
gregorio: goyo
guadalupe: lupe lupita gpe guada
guillermo: memo gmo
gutierrez: gtz gtrz gtzz
hermanos: hnos
hernandez: hdez hdz hernz hrdz
ignacio: nacho igncio ign
international: intl
isabel: chabela
james: jim jimmy
jesus: chuy chucho
jimenez: jmz jmnz
jose: pepe chepe jse
josefina: pepa chepina
juan: juancho jn
lopez: lpz lopz
magdalena: magda
manuel: manolo mnl
margaret: peggy maggie meg
maria: ma mria
martinez: mtz mtnz mtez
mercedes: meche merche
michael: mike mikey maikel maicol maykel maykol maikol micheal
miguel: migue
mohammed: mohd md muhd mhd mohamad mohamed mohammad muhammad muhammed muhamad mohammod mehmet mahomet
patricia: paty patty pati
pedro: perico
perez: pz prz
ramirez: rmz rmrz
refugio: cuca cuco
ricardo: richi
richard: dick rick ricky
robert: bob bobby rob robbie
rodriguez: rdz rguez rodgz rodz rdgz
rosario: chayo
salvador: chava
samuel: sammy
sanchez: snz schz snchz
santiago: santi chago
sayed: syed sayyid
sebastian: sebas
teresa: tere
thomas: tom tommy
vazquez: vzqz vsqz
velazquez: velzqz
vicente: chente
victoria: vicky
william: bill billy will willie
"""
FORMS: Final = {
    short: whole
    for line in _FORMS.strip().splitlines()
    for whole, _, shorts in (line.partition(": "),)
    for short in shorts.split()
}
"""Short and pet forms and abbreviations by the one name that they stand for, all without accents."""
