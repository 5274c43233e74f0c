"""The words that a cell may hold instead of a stable code: documented, and no others."""

from collections.abc import Mapping
from typing import Final

from core.model.places import STATES
from core.model.vocabulary import Forum, Gender, Posture, PracticeArea, Standing, VolunteerRole

AREA_WORDS: Final[Mapping[str, PracticeArea]] = {
    "asylum and refugee": PracticeArea.ASYLUM,
    "asylum & refugee": PracticeArea.ASYLUM,
    "refugee": PracticeArea.ASYLUM,
    "asilo": PracticeArea.ASYLUM,
    "family reunification": PracticeArea.FAMILY,
    "family-based": PracticeArea.FAMILY,
    "familia": PracticeArea.FAMILY,
    "removal defense": PracticeArea.REMOVAL,
    "removal defence": PracticeArea.REMOVAL,
    "deportation defense": PracticeArea.REMOVAL,
    "victims of crime": PracticeArea.VICTIMS,
    "victims of crime and violence": PracticeArea.VICTIMS,
    "víctimas": PracticeArea.VICTIMS,
    "naturalization": PracticeArea.CITIZENSHIP,
    "citizenship and naturalization": PracticeArea.CITIZENSHIP,
    "citizenship & naturalization": PracticeArea.CITIZENSHIP,
    "ciudadanía": PracticeArea.CITIZENSHIP,
    "daca": PracticeArea.DACA_TPS,
    "tps": PracticeArea.DACA_TPS,
    "daca and tps": PracticeArea.DACA_TPS,
    "daca or tps": PracticeArea.DACA_TPS,
}
FORUM_WORDS: Final[Mapping[str, Forum]] = {
    "immigration court": Forum.EOIR,
    "immigration judge": Forum.EOIR,
    "board of immigration appeals": Forum.BIA,
    "juvenile court": Forum.STATE_COURT,
    "family court": Forum.STATE_COURT,
    "embassy": Forum.CONSULATE,
    "consular": Forum.CONSULATE,
}
ROLE_WORDS: Final[Mapping[str, VolunteerRole]] = {
    "lawyer": VolunteerRole.ATTORNEY,
    "abogada": VolunteerRole.ATTORNEY,
    "abogado": VolunteerRole.ATTORNEY,
    "fully accredited representative": VolunteerRole.ACCREDITED_FULL,
    "full accreditation": VolunteerRole.ACCREDITED_FULL,
    "partially accredited representative": VolunteerRole.ACCREDITED_PARTIAL,
    "partial accreditation": VolunteerRole.ACCREDITED_PARTIAL,
    "student": VolunteerRole.LAW_STUDENT,
    "intérprete": VolunteerRole.INTERPRETER,
    "mentora": VolunteerRole.MENTOR,
}
GENDER_WORDS: Final[Mapping[str, Gender]] = {
    "f": Gender.FEMALE,
    "woman": Gender.FEMALE,
    "mujer": Gender.FEMALE,
    "m": Gender.MALE,
    "man": Gender.MALE,
    "hombre": Gender.MALE,
    "non-binary": Gender.NONBINARY,
    "x": Gender.NONBINARY,
    "prefer not to say": Gender.UNSTATED,
}
POSTURE_WORDS: Final[Mapping[str, Posture]] = {"defence": Posture.DEFENSIVE, "defense": Posture.DEFENSIVE}
STANDING_WORDS: Final[Mapping[str, Standing]] = {
    "currently registered": Standing.ACTIVE,
    "registered": Standing.ACTIVE,
    "good standing": Standing.ACTIVE,
    "in good standing": Standing.ACTIVE,
    "active - good standing": Standing.ACTIVE,
    "active in good standing": Standing.ACTIVE,
    "pro bono emeritus": Standing.EMERITUS,
    "emeritus pro bono": Standing.EMERITUS,
    "limited": Standing.UNKNOWN,
    "delinquent": Standing.INACTIVE,
    "lapsed": Standing.INACTIVE,
    "retired": Standing.INACTIVE,
    "administratively suspended": Standing.SUSPENDED,
    "suspended - administrative": Standing.SUSPENDED,
    "not eligible to practice law": Standing.SUSPENDED,
    "not eligible to practise law": Standing.SUSPENDED,
}
"""Where a bar's word does not settle whether somebody may practise, it counts as the stricter: nobody becomes
eligible by a translation. "Limited" is unknown, since its limits are."""
BOOLEAN_WORDS: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("yes", "y", "true", "t", "1", "x", "si", "sí"), True),
    **dict.fromkeys(("no", "n", "false", "f", "0"), False),
}
ILR_WORDS: Final[Mapping[str, float]] = {
    "native": 5.0,
    "bilingual": 5.0,
    "full professional": 4.0,
    "professional working": 3.0,
    "limited working": 2.0,
    "elementary": 1.0,
}
"""The names that the ILR scale itself gives its levels. "Fluent" is none of them."""

_STATE_LIST: Final = (
    "Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, District of Columbia, Florida, "
    "Georgia, Hawaii, Idaho, Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, "
    "Michigan, Minnesota, Mississippi, Missouri, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, "
    "New York, North Carolina, North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina, "
    "South Dakota, Tennessee, Texas, Utah, Vermont, Virginia, Washington, West Virginia, Wisconsin, Wyoming, "
    "American Samoa, Guam, Northern Mariana Islands, Puerto Rico, Virgin Islands"
)
STATE_WORDS: Final[Mapping[str, str]] = dict(zip(_STATE_LIST.split(", "), STATES, strict=True)) | {"Nuevo México": "NM"}
