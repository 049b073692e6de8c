"""Passwords: what is kept of them, and which are good enough."""

import time

import pytest
from pwdlib import PasswordHash

from api.errors import Invalid
from api.security import passwords


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = PasswordHash.recommended()
    monkeypatch.setattr(passwords, "_HASHES", hashes)
    monkeypatch.setattr(passwords, "_NOBODY_S", hashes.hash("nobody's password"))


def test_a_password_is_kept_as_an_argon2_hash_with_its_own_salt(real: None) -> None:
    first, second = passwords.hashed("the river keeps its share"), passwords.hashed("the river keeps its share")
    assert first != second
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.matches("the river keeps its share", first)
    assert not passwords.matches("the river keeps its Share", first)


def test_nobody_s_password_takes_as_long_as_somebody_s(real: None) -> None:
    kept = passwords.hashed("the river keeps its share")

    def best(kept: str | None) -> float:
        times = []
        for _ in range(3):
            started = time.perf_counter()
            assert not passwords.matches("something else", kept)
            times.append(time.perf_counter() - started)
        return min(times)

    assert 0.4 < best(None) / best(kept) < 2.5


def test_not_even_the_password_behind_the_hash_of_nobody_lets_one_in() -> None:
    assert not passwords.matches("nobody's password", None)


@pytest.mark.parametrize("password", ["elevencharas", "សេចក្តីសុខសាន្ត", "a" * 20 + "bcdef"])
def test_a_long_uncommon_password_is_good_enough(password: str) -> None:
    passwords.demand_fit(password, "ada@example.org")


@pytest.mark.parametrize("password", ["elevenchars", "           x", "QWERTY123456", "abababababab", "ada.lovelace@example.org"])
def test_another_is_not(password: str) -> None:
    with pytest.raises(Invalid):
        passwords.demand_fit(password, "Ada.Lovelace@example.org")


def test_every_common_password_on_the_list_would_else_be_long_enough() -> None:
    assert all(len(password) >= passwords.CHARACTERS_AT_LEAST for password in passwords.COMMON)
