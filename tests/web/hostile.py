"""A basin whose names try what names can try: markup, scripts, a change of writing direction, great length, emoji."""

from dataclasses import replace
from typing import Final

from datasets.cases import find
from planner.basin import Basin
from planner.formats.archive import write_archive

MARKUP: Final = "<img src=x onerror='window.hurt=1'><script>window.hurt=1</script>{{constructor.constructor('window.hurt=1')()}}"
TURNED: Final = "\u202eegalliv\u202c \u2067قرية\u2069 \u05db\u05e4\u05e8"
LONG: Final = "Abcdefghij" * 50
EMOJI: Final = "👩🏽‍🌾💧 $& %s ${window.hurt=1}"
NAMES: Final = {"hilltop": MARKUP, "riverside": TURNED, "farside": LONG}


def hostile_basin() -> bytes:
    """The tutorial basin under such names, as an archive."""
    basin = Basin.read(find("tutorial"))
    tables = dict(basin.tables)
    tables["villages"] = tables["villages"].assign(title=tables["villages"]["village"].map(NAMES))
    for table, title in (("administrations", EMOJI), ("reaches", MARKUP), ("options", MARKUP), ("stages", EMOJI)):
        tables[table] = tables[table].assign(title=title)
    settings = basin.settings.model_copy(update={"name": "hostile", "title": MARKUP, "description": MARKUP})
    return write_archive(replace(basin, settings=settings, tables=tables, original={}))
