"""What a receipt code opens: a mark by which its receipt is found, and a key for what lies in it.

Both come of the 16 digits by one scrypt (RFC 7914), so that a copy of the database opens nothing: each guess at one of
10^16 codes costs 32 MiB and some tens of milliseconds. What somebody writes before she sends it can be read with her
code, or with the token in her browser, and by nobody else: the clinic's own key has no part in it.
"""

import base64
import hashlib
import os
import secrets
from typing import Final

from core.crypto import Key, Keyring, Place
from core.model.help.receipts import DIGITS

COST: Final = 2**15
BLOCK: Final = 8
MEMORY: Final = 2 * 128 * COST * BLOCK
SECRET_BYTES: Final = 32
SALT_BYTES: Final = 16
TABLE: Final = "receipt"


def new_code() -> str:
    """A code of 16 random digits."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def new_salt() -> str:
    """A salt for the codes of one installation, in hex."""
    return os.urandom(SALT_BYTES).hex()


def opened_by_code(code: str, salt: str) -> tuple[str, bytes]:
    """The mark of a code and the secret that it opens with. Slow on purpose: call it in a thread."""
    made = hashlib.scrypt(
        code.encode(), salt=bytes.fromhex(salt), n=COST, r=BLOCK, p=1, maxmem=MEMORY, dklen=2 * SECRET_BYTES
    )
    return made[:SECRET_BYTES].hex(), made[SECRET_BYTES:]


def opened_by_token(token: str) -> bytes:
    """The secret that a visit's token opens with. The token has 256 random bits, so that one hash is enough."""
    return hashlib.sha256(b"amparo receipt visit" + token.encode()).digest()


def new_secret() -> bytes:
    """A secret for the answers of one receipt."""
    return os.urandom(SECRET_BYTES)


def locked(secret: bytes, opener: bytes, row: str) -> str:
    """A receipt's secret as only this opener gives it back."""
    return Key(opener).seal(base64.b64encode(secret).decode(), Place(TABLE, "lock", row))


def unlocked(lock: str, opener: bytes, row: str) -> bytes:
    """The receipt's secret again; raises Tampered or KeyMissing where the opener is another one."""
    return base64.b64decode(Keyring((Key(opener),)).open(lock, Place(TABLE, "lock", row)))


def sealed(text: str, secret: bytes, row: str) -> str:
    """Answers as only the receipt's secret gives them back."""
    return Key(secret).seal(text, Place(TABLE, "answers", row))


def unsealed(text: str, secret: bytes, row: str) -> str:
    """The answers again."""
    return Keyring((Key(secret),)).open(text, Place(TABLE, "answers", row))
