"""The letters that kept pages bring: those that a text needs and no others, in the file itself."""

import base64
import re

import pytest

from api.services import letters
from api.services.letters import letters_within

FILES = re.compile(r"url\(data:font/woff2;base64,([^)]+)\)")


@pytest.mark.parametrize("text", ["ភូមិ", "ບ້ານ", "ရွာ", "หมู่บ้าน"])
def test_a_script_comes_with_its_letters_in_the_file(text: str) -> None:
    css = letters_within(f"<p>{text} – 12 m³</p>")
    (file,) = FILES.findall(css)
    assert base64.b64decode(file).startswith(b"wOF2")
    assert "/page/" not in css
    assert css.count('font-family:"Brought letters"') == 1


def test_chinese_comes_with_the_slices_that_it_needs() -> None:
    few, more = (len(FILES.findall(letters_within(text))) for text in ("水", "水村庄等级饮用河流资金谁出资方案情景"))
    assert 1 <= few <= more < 60


def test_latin_letters_of_english_and_vietnamese_are_those_of_the_machine() -> None:
    assert letters_within("Each village’s water – 4 → 5; Tiếng Việt: dòng chảy môi trường ₫") == ""


def test_ranges_of_letters_are_read_as_css_writes_them() -> None:
    assert letters._range("U+1780-17FF") == range(0x1780, 0x1800)
    assert letters._range(" U+25CC") == range(0x25CC, 0x25CD)
    assert letters._range("U+4??") == range(0x400, 0x500)
