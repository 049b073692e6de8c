"""What needs what, where no option excludes another."""

from optimization.formulation import build
from tests.optimization.tiny_basins import resolved


def test_a_basin_without_exclusive_groups_has_a_bundle_for_each_option():
    model = build(resolved({"table": "options", "set": {"exclusive_group": None}}))
    assert model.index_sets["link_from_source"].names == ("raw_main_dn110", "spring_pipe_dn63")
