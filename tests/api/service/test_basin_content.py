"""Basins in the content store, and those that are held in memory."""

from types import SimpleNamespace
from typing import cast

import pytest

from api.persistence.content import ContentStore
from api.persistence.models import BasinVersion
from api.services import basin_content
from api.services.basin_content import bytes_of
from api.services.held import Held
from datasets.cases import find
from planner.basin import Basin


@pytest.fixture(scope="module")
def tutorial() -> Basin:
    return Basin.read(find("tutorial"))


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> ContentStore:
    return ContentStore(f"file://{tmp_path_factory.mktemp('store')}")


def test_a_kept_basin_is_loaded_as_it_was(store: ContentStore, tutorial: Basin) -> None:
    kept = basin_content.keep(store, tutorial)
    loaded = basin_content.load(store, cast(BasinVersion, SimpleNamespace(**vars(kept))))
    assert loaded.settings == tutorial.settings
    for name, frame in tutorial.tables.items():
        assert loaded.tables[name].equals(frame), name
    assert basin_content.keep(store, loaded) == kept


def test_another_figure_is_another_digest_and_only_its_table_is_kept_anew(store: ContentStore, tutorial: Basin) -> None:
    villages = tutorial.tables["villages"]
    higher = Basin(tutorial.settings, {**tutorial.tables, "villages": villages.assign(elevation_m=villages["elevation_m"] + 1)})
    one, other = basin_content.keep(store, tutorial), basin_content.keep(store, higher)
    assert one.digest != other.digest
    assert [name for name in one.tables if one.tables[name] != other.tables[name]] == ["villages"]


def test_the_basins_not_asked_for_longest_go_first_when_memory_is_full(tutorial: Basin) -> None:
    held = Held(2 * bytes_of(tutorial), bytes_of)
    for digest in ("a", "b"):
        held.put(digest, tutorial)
    held.get("a")
    held.put("c", tutorial)
    assert [held.get(digest) is not None for digest in ("a", "b", "c")] == [True, False, True]


def test_a_basin_larger_than_the_memory_for_them_is_not_held(tutorial: Basin) -> None:
    held = Held(bytes_of(tutorial) - 1, bytes_of)
    held.put("a", tutorial)
    assert held.get("a") is None
