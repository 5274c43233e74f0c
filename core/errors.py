"""One tree of errors. Each carries a sentence for people: what happened, what is safe, what to do."""


class AmparoError(Exception):
    """Anything that Amparo itself refuses or fails at. ``str()`` is fit to be shown to a person.

    ``logged`` is what a log may say instead, where the sentence tells something of people; empty: the sentence.
    """

    logged: str = ""


class Refused(AmparoError):
    """A verb was asked for something that its rules do not allow. Nothing was changed."""


class NotFound(Refused):
    """No such thing, or not for this person to see: the two are told apart nowhere."""


class NotAllowed(Refused):
    """The actor's role does not allow this verb."""


class TooLate(Refused):
    """Somebody else was first, or the moment has passed. Nothing was changed."""


class Overtaken(TooLate):
    """Somebody else has changed what a form was about to overwrite. ``names``: which entries; none: all of it."""

    def __init__(self, message: str, *, names: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.names = names


class Held(Refused):
    """A legal hold stands on the case, so nothing of it is erased. Nothing was changed."""


class Contradicts(Refused):
    """What is asked for contradicts what was settled before. Nothing was changed."""


class NotEligible(Refused):
    """The rules do not allow this volunteer on this case. ``reasons`` says why, one sentence each."""

    def __init__(self, message: str, *, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.reasons = reasons


class BadInput(AmparoError):
    """A file, a row or a form field that cannot be understood. Says where, and what would be right."""


class WrongEntries(BadInput):
    """Some entries of a form cannot be understood. ``errors`` says by the name of each what would be right."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


class StoreError(AmparoError):
    """The database cannot be used as it is."""


class StoreBusy(StoreError):
    """Others write to the same place for too long. Nothing was changed; trying again later may help."""


class ConstraintBroken(StoreError):
    """A row would break a rule of the schema. Nothing was changed; the values are not named."""


class Duplicate(ConstraintBroken):
    """A row with the same unique values is there already. Nothing was changed."""


class SchemaIsOld(StoreError):
    """The database was made by an earlier version."""


class SchemaIsNewer(StoreError):
    """The database was made by a later version than this one."""


class PluginError(AmparoError):
    """A plugin failed. ``plugin`` is its name, ``provider`` what was called, ``cause`` what it said."""

    def __init__(self, *, plugin: str, provider: str, cause: str, logged: str = "") -> None:
        super().__init__(f"{plugin}: {provider}: {cause}")
        self.plugin, self.provider, self.cause = plugin, provider, cause
        self.logged = f"{plugin}: {provider}: {logged}" if logged else ""


class MatcherFailed(AmparoError):
    """A matching run ended without a plan. No proposal was saved."""


class DeliveryFailed(AmparoError):
    """A channel could not deliver a message. It will be tried again unless ``permanent``."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
