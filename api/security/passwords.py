"""Passwords: kept as argon2 hashes, and good enough that they are not guessed."""

import threading

from pwdlib import PasswordHash

from api.errors import Invalid, fault

CHARACTERS_AT_LEAST = 12
CHARACTERS_AT_MOST = 200
DIFFERENT_CHARACTERS_AT_LEAST = 5

# The commonest that are long enough, from the lists of leaked ones; compared without case.
_COMMON = """
123456789012 1234567890123 12345678901234 123456123456 123123123123 1234567891011 123456789abc 123456789qwe 0987654321ab
1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc qwertyuiop12 qwertyuiop123 qwerty123456 qwerty12345678 qwertyqwerty qwertyuiopasdf
q1w2e3r4t5y6 qazwsxedcrfv asdfghjkl123 zxcvbnm12345 abcdefghijkl abc123456789 abcd12345678 a1b2c3d4e5f6
password1234 password12345 password123456 passwordpassword password2024 password2025 password2026 mypassword123
p@ssw0rd1234 passw0rd1234 iloveyou1234 iloveyouiloveyou administrator administrator1 admin1234567 admin12345678
welcome12345 letmein12345 changeme1234 changemenow123 correcthorsebatterystaple trustno1trustno1 monkeymonkey
football1234 sunshine1234 princess1234 superman1234 rivershare123 rivershare1234 rivershare2026
"""
COMMON = frozenset(_COMMON.split())

# A hash takes 64 MiB while it is made: more at once would let a few attempts to sign in fill the memory.
_TURNS = threading.BoundedSemaphore(2)
_HASHES = PasswordHash.recommended()


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _TURNS:
        return _HASHES.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether it is the password of which `kept` is left. Takes as long where nothing is kept."""
    with _TURNS:
        return _HASHES.verify(password, kept or _NOBODY_S) and kept is not None


def demand_fit(password: str, email: str | None, *, pointer: str = "/password") -> None:
    """Raises Invalid for a password that is short, common, or the account's own address."""
    message = _weakness(password, email)
    if message:
        where = fault(message, pointer=pointer, remedy="Take a sentence or a password manager's proposal.")
        raise Invalid("The password is too easily guessed.", errors=[where])


def _weakness(password: str, email: str | None) -> str | None:
    plain = password.strip().lower()
    if len(plain) < CHARACTERS_AT_LEAST:
        return f"A password has at least {CHARACTERS_AT_LEAST} characters."
    if plain in COMMON or len(set(plain)) < DIFFERENT_CHARACTERS_AT_LEAST:
        return "This password is one of those tried first."
    if email is not None and plain in (email.lower(), email.lower().partition("@")[0]):
        return "The e-mail address is no password."
    return None


_NOBODY_S = hashed("nobody's password")
