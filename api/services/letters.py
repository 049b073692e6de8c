"""The letters that the page ships, for pages that are kept as a file: those that a text needs, within the file itself."""

import re
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Final

_BUILT: Final = files("api.pages") / "built" / "page"
_RULE: Final = re.compile(r"@font-face\{[^}]*\}")
_FAMILY: Final = re.compile(r"font-family:[^;}]+")
_OURS: Final = 'font-family:"Brought letters"'  # as the style of reports asks for, before the machine's own
_FILE: Final = re.compile(r"url\(/page/([^)]+)\)")
_RANGES: Final = re.compile(r"unicode-range:([^;}]+)")
_FIRST_OF_THE_REGION: Final = 0x0E00  # Thai; what stands before it, Latin above all, every machine has
_SIGNS: Final = range(0x1E00, 0x2E80)  # Vietnamese letters, dashes, arrows: of every script's letters, and of every machine's


def letters_within(text: str) -> str:
    """The `@font-face` rules of those slices of our letters that the text needs, each with its file in it, base64.

    "" for a text in Latin letters, and where the page is not built: whoever opens the file then sees their machine's letters.
    """
    needed = {ord(letter) for letter in set(text)}
    needed = {code for code in needed if code >= _FIRST_OF_THE_REGION and code not in _SIGNS}
    return "".join(_with_file(rule) for rule, ranges in _rules() if any(code in part for part in ranges for code in needed))


@cache
def _rules() -> tuple[tuple[str, tuple[range, ...]], ...]:
    """Every rule of the built page's styles that brings letters, with the letters that it is for."""
    if not _BUILT.is_dir():
        return ()
    styles = sorted((file for file in _BUILT.iterdir() if file.name.endswith(".css")), key=lambda file: file.name)
    rules = (rule for file in styles for rule in _RULE.findall(file.read_text(encoding="utf-8")))
    return tuple(
        (rule, tuple(_range(part) for part in told[1].split(","))) for rule in rules if (told := _RANGES.search(rule)) is not None
    )


def _range(part: str) -> range:
    """`U+1780-17FF`, `U+25CC` or `U+4??`: the code points."""
    first, _, last = part.strip().removeprefix("U+").partition("-")
    return range(int(first.replace("?", "0"), 16), int((last or first).replace("?", "F"), 16) + 1)


def _with_file(rule: str) -> str:
    # Letters of one family that stands first: Chromium leaves boxes for text that it drew in a later one before that was read.
    return _FILE.sub(lambda found: f"url(data:font/woff2;base64,{_encoded(found[1])})", _FAMILY.sub(_OURS, rule))


def _encoded(name: str) -> str:
    return b64encode(_BUILT.joinpath(name).read_bytes()).decode("ascii")
