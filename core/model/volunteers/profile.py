"""What a volunteer says of herself and may change herself; what was verified of her stays outside."""

from typing import Final

import msgspec

from core.model.languages import InterpretingPair, LanguageAbility
from core.model.people import Capacity, Leave, Volunteer
from core.model.vocabulary import Gender, PracticeArea, VolunteerRole

OWN_CHOICE: Final = (VolunteerRole.ATTORNEY, VolunteerRole.INTERPRETER, VolunteerRole.MENTOR)
"""The roles that a member of a bar may take on or lay down herself.

Accreditation is the Department of Justice's to give and supervision of students the clinic's (8 CFR 1292.1(a)): those
roles are noted by a coordinator and stay as they are.
"""


class Profile(msgspec.Struct, frozen=True):
    """The part of a volunteer that is hers to fill in: what she offers, where, and how much of it."""

    roles: tuple[VolunteerRole, ...] = (VolunteerRole.ATTORNEY,)
    practice: dict[PracticeArea, int] = {}
    languages: tuple[LanguageAbility, ...] = ()
    interprets: tuple[InterpretingPair, ...] = ()
    eoir_registered: bool = False
    county: str = ""
    us_state: str = ""
    remote: bool = True
    gender: Gender = Gender.UNSTATED
    interests: tuple[PracticeArea, ...] = ()
    capacity: Capacity = Capacity()
    leave: tuple[Leave, ...] = ()

    @classmethod
    def of(cls, person: Volunteer) -> "Profile":
        """What a volunteer offers now."""
        own = {name: getattr(person, name) for name in cls.__struct_fields__}
        return cls(**own | {"roles": tuple(role for role in person.roles if role in OWN_CHOICE)})

    def applied_to(self, person: Volunteer) -> Volunteer:
        """The same volunteer with this profile. Roles that are not hers to choose stay, and so do certifications."""
        kept = tuple(role for role in person.roles if role not in OWN_CHOICE)
        own = msgspec.structs.asdict(self) | {
            "roles": (*(role for role in self.roles if role in OWN_CHOICE), *kept),
            "languages": tuple(_with_certificate(one, person.languages) for one in self.languages),
        }
        return msgspec.structs.replace(person, **own)


def _with_certificate(one: LanguageAbility, known: tuple[LanguageAbility, ...]) -> LanguageAbility:
    """A language with the certification that was noted of it, which nobody gives herself."""
    noted = next((other.certification for other in known if other.language == one.language), "")
    return msgspec.structs.replace(one, certification=noted)
