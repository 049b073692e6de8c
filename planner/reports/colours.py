"""The colours of the page, each with one meaning."""

from typing import Final

# Rungs 0 to 5, lightest to darkest: they stay apart in the three colour deficiencies and in grey (a test measures it).
RUNG_COLOURS: Final = ("#C8F2FF", "#FFE628", "#D7935A", "#897670", "#19559A", "#141446")
RUNG_INKS: Final = ("#000000", "#000000", "#000000", "#000000", "#FFFFFF", "#FFFFFF")


def rung_css() -> str:
    """One class for each rung, `rung0` to `rung5`."""
    pairs = enumerate(zip(RUNG_COLOURS, RUNG_INKS, strict=True))
    return "".join(f".rung{rung}{{background:{colour};color:{ink}}}" for rung, (colour, ink) in pairs)
