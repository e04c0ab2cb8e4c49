"""Keeps what nobody but its reader may see: encryption by ASKWELL_KEY, and keyed hashes that find duplicates."""

import hashlib
import hmac
import secrets as random
import unicodedata
from collections.abc import Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from storage.errors import WrongKey

HASH_KEY_BYTES = 32


class Vault:
    """Encrypts with the first of *keys*, the newest, and decrypts with any. In a text, they have commas between them.

    Fingerprints come from a key of their own, `hash_key`, which is kept encrypted in the database: changing ASKWELL_KEY
    leaves them as they are. It is set when the database is opened.
    """

    def __init__(self, keys: str | Iterable[str]) -> None:
        self._fernet = MultiFernet([_fernet(key) for key in _split(keys)])
        self.hash_key = b""

    def encrypt(self, text: str) -> str:
        """Return *text* sealed; empty text stays empty, so that "nothing on file" needs no key."""
        return self._fernet.encrypt(text.encode()).decode("ascii") if text else ""

    def decrypt(self, sealed: str) -> str:
        """Return what `encrypt` was given. Raises `WrongKey` when none of the keys fits."""
        if not sealed:
            return ""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise WrongKey(
                "This database was written with another key. Set ASKWELL_KEY to that key; a new key may stand before "
                "it, with a comma between them."
            ) from None

    def renew(self, sealed: str) -> str:
        """Return *sealed* encrypted with the newest key."""
        return self.encrypt(self.decrypt(sealed))

    def fingerprint(self, kind: str, text: str) -> str:
        """Return a keyed hash of *text*: the same for the same words, and of no use without the database's key."""
        return hmac.new(self.hash_key, f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()


def new_key() -> str:
    """Return a fresh key for ASKWELL_KEY."""
    return Fernet.generate_key().decode("ascii")


def new_hash_key() -> str:
    return random.token_hex(HASH_KEY_BYTES)


def plain_name(name: str) -> str:
    """Return *name* without the differences of case and space, and the marks that nobody sees, that do not tell people
    apart."""
    shown = "".join(char for char in name if unicodedata.category(char) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", shown).casefold().split())


def plain_email(email: str) -> str:
    return email.strip().casefold()


def plain_phone(phone: str) -> str:
    """Return the digits of *phone*, with `+` before them if it begins with `+` or `00`."""
    number = phone.replace("(0)", "").strip()
    digits = "".join(char for char in number if char.isdecimal())
    if number.startswith("+"):
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else digits


def _split(keys: str | Iterable[str]) -> list[str]:
    parts = keys.split(",") if isinstance(keys, str) else keys
    found = [key.strip() for key in parts if key.strip()]
    if not found:
        raise WrongKey("ASKWELL_KEY is empty. It keeps e-mail addresses and phone numbers unreadable to others.")
    return found


def _fernet(key: str) -> Fernet:
    try:
        return Fernet(key)
    except ValueError:
        raise WrongKey(
            "ASKWELL_KEY is not a key: one is 44 characters long. Several are written with a comma between them."
        ) from None
