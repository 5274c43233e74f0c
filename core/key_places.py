"""Where the clinic's keys come from: a file, the environment, or a command such as one of a KMS or of age."""

import os
import shlex
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from core.crypto import HOW_TO_MAKE, KeyMissing, Keyring
from core.key_files import make_key_file, read_keys
from core.logs import Log

COMMAND_SECONDS: Final = 30.0
"""How long a command may take to give the keys."""
FRESH_SECONDS: Final = 60.0
"""For how long what a command gave is used before it is asked again, beside the work."""
log = Log("amparo.keys")


class Remembered:
    """What a command gave, in memory alone. It is asked again after a minute, and at once for a key that is new."""

    def __init__(self, ask: Callable[[], Keyring], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._clock = ask, clock
        self._ring: Keyring | None = None
        self._asked_at, self._asking = 0.0, threading.Lock()

    def keyring(self) -> Keyring:
        """The keys; only the first call waits for the command."""
        if self._ring is None:
            return self.again()
        if self._clock() - self._asked_at > FRESH_SECONDS and self._asking.acquire(blocking=False):
            threading.Thread(target=self._refresh, name="amparo-keys", daemon=True).start()
        return self._ring

    def again(self) -> Keyring:
        """Ask now; KeyMissing where the command fails."""
        ring = self._ask()
        self._ring, self._asked_at = replace(ring, again=self.again_once), self._clock()
        return self._ring

    def again_once(self) -> Keyring:
        """Ask now, for a key that is not there; what comes does not ask again."""
        return replace(self.again(), again=None)

    def settle(self) -> None:
        """Wait until nobody is being asked."""
        with self._asking:
            return

    def _refresh(self) -> None:
        try:
            self.again()
        except KeyMissing as problem:
            self._asked_at = self._clock()  # what was given before is good; a command that fails is not asked at once
            log.warning("the command for the keys fails; those that it gave before are used", cause=str(problem))
        finally:
            self._asking.release()


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where the keys are kept: given as text, by a command, or in a file.

    ``makes``: a missing file is made when it is first needed, unless ``needed`` says that something was sealed with
    what was in it: then it is lost, and a new key would only hide that.
    """

    file: Path | None = None
    text: str = ""
    makes: bool = False
    command: str = ""
    needed: Callable[[], bool] | None = field(default=None, compare=False, repr=False)
    _remembered: Remembered = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_remembered", Remembered(lambda: asked(self.command)))

    def __repr__(self) -> str:
        return f"KeyPlace({self.told})"

    @property
    def told(self) -> str:
        """The place in words, without any secret."""
        if self.text:
            return "AMPARO_KEY"
        return "AMPARO_KEY_COMMAND" if self.command else str(self.file or "nowhere")

    @property
    def writable(self) -> Path | None:
        """The file that Amparo may change when keys are rotated; None where keys are given in another way."""
        return None if self.text or self.command else self.file

    def keyring(self) -> Keyring:
        """The keys; KeyMissing, saying what to do, where there are none."""
        if self.text:
            return read_keys("\n".join(self.text.split()), "AMPARO_KEY")
        if self.command:
            return self._remembered.keyring()
        if self.file is None:
            raise KeyMissing(
                "Confidential data need a key, and none is set. Make one with "
                f"{HOW_TO_MAKE}, keep it in a file that only Amparo may read, name the file in AMPARO_KEY_FILE, keep a "
                "copy apart from the database's backups, and start again. Nothing was changed."
            )
        if self.makes and not self.file.exists() and not (self.needed and self.needed()):
            make_key_file(self.file)
        try:
            return read_keys(self.file.read_text(encoding="ascii"), str(self.file))
        except (OSError, UnicodeDecodeError) as problem:
            raise KeyMissing(
                f"The key in {self.file} cannot be read ({type(problem).__name__}). Put it back from where its copy is "
                "kept: without it confidential data cannot be read or compared. Nothing was changed."
            ) from problem


def warm(place: KeyPlace) -> None:
    """Ask a command before anything waits for it; one that fails is told in the log, and to whoever needs a key."""
    if place.command:
        try:
            place.keyring()
        except KeyMissing as problem:
            log.error("no keys at the start", cause=str(problem))


def place_of_keys(database: str, key_file: str = "", environment: Mapping[str, str] = os.environ) -> KeyPlace:
    """Where the keys of a database are: what is set, or for SQLite a file beside it, made when it is needed."""
    if text := environment.get("AMPARO_KEY", "").strip():
        return KeyPlace(text=text)
    if command := environment.get("AMPARO_KEY_COMMAND", "").strip():
        return KeyPlace(command=command)
    if key_file:
        return KeyPlace(file=Path(key_file))
    if database.startswith("sqlite:///"):
        path = Path(database.removeprefix("sqlite:///"))
        return KeyPlace(file=path.with_name(f"{path.name}.key"), makes=True)
    return KeyPlace()


def asked(command: str) -> Keyring:
    """The keys that a command writes to its standard output, as a file would hold them; no shell takes part.

    Nothing that it writes is told or logged. Raises KeyMissing.
    """
    try:
        done = subprocess.run(  # noqa: S603 -- the administrator's own command
            shlex.split(command), capture_output=True, timeout=COMMAND_SECONDS, check=True, stdin=subprocess.DEVNULL
        )
        return read_keys(done.stdout.decode("ascii"), "What AMPARO_KEY_COMMAND gives")
    except subprocess.CalledProcessError as problem:
        raise _failed(f"ended with status {problem.returncode}") from None
    except subprocess.TimeoutExpired:
        raise _failed(f"did not end within {COMMAND_SECONDS:g} seconds") from None
    except (OSError, ValueError) as problem:
        raise _failed(f"could not be used ({type(problem).__name__})") from None


def _failed(how: str) -> KeyMissing:
    return KeyMissing(
        f"The command in AMPARO_KEY_COMMAND {how}. Run it by hand as the user that Amparo runs as: it must write "
        "the key in base64, a key a line, and end with status 0. Nothing was changed."
    )
