"""The committed case is what its facts and assumptions give, byte for byte."""

from datasets.ratanakiri import build


def test_a_rebuild_gives_the_same_bytes() -> None:
    assert build.check() == []
