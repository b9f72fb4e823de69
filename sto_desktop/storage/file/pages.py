"""Whether a password is that of an encrypted file of which the first page is damaged: SQLite can't tell these apart."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from sto_desktop.storage.file.database import key_of, salt_of

# SQLCipher 4: https://www.zetetic.net/sqlcipher/design/. Each page ends with its own vector and signature.
_PAGE, _SIGNATURE, _KEY = 4096, 64, 32
_ROUNDS, _ROUNDS_OF_SIGNATURE, _MASK = 256_000, 2, 0x3A
_TRIED = 16
"""Pages of which one must be whole."""


def is_key_of_other_pages(path: Path, password: str) -> bool:
    """Return whether a page after the first one was signed with this password."""
    salt = bytes.fromhex(salt_of(path))
    key = hashlib.pbkdf2_hmac("sha512", key_of(path, password).encode(), salt, _ROUNDS, _KEY)
    masked = bytes(byte ^ _MASK for byte in salt)
    signing = hashlib.pbkdf2_hmac("sha512", key, masked, _ROUNDS_OF_SIGNATURE, _KEY)
    with path.open("rb") as file:
        file.seek(_PAGE)
        for number in range(2, 2 + _TRIED):
            page = file.read(_PAGE)
            if len(page) < _PAGE:
                return False
            signed = page[:-_SIGNATURE] + number.to_bytes(4, "little")
            if hmac.digest(signing, signed, "sha512") == page[-_SIGNATURE:]:
                return True
    return False
