"""What can be wrong with a basin. Every finding has a code, a severity, a place and a remedy."""

from collections.abc import Collection

from planner.basin.basin import Basin
from planner.checks import (
    catchments,
    channel_shares,
    horizon,
    household_treatment,
    hydropower,
    irrigation,
    leakage,
    loans,
    money,
    network,
    operators,
    options,
    origins,
    outages,
    people,
    risk,
    river,
    service,
    site_tanks,
    storage,
    supply,
    tanks,
    use_priorities,
    wastewater,
    water_stress,
)
from planner.checks.family import Check
from planner.checks.finding import BasinError, Finding, Severity, errors
from planner.checks.structure import check_structure
from planner.checks.values import check_values

CHECKS: tuple[Check, ...] = (
    *horizon.CHECKS,
    *river.CHECKS,
    *use_priorities.CHECKS,
    *water_stress.CHECKS,
    *storage.CHECKS,
    *hydropower.CHECKS,
    *wastewater.CHECKS,
    *supply.CHECKS,
    *network.CHECKS,
    *outages.CHECKS,
    *options.CHECKS,
    *catchments.CHECKS,
    *risk.CHECKS,
    *site_tanks.CHECKS,
    *operators.CHECKS,
    *leakage.CHECKS,
    *irrigation.CHECKS,
    *people.CHECKS,
    *service.CHECKS,
    *household_treatment.CHECKS,
    *tanks.CHECKS,
    *money.CHECKS,
    *channel_shares.CHECKS,
    *loans.CHECKS,
    *origins.CHECKS,
)

__all__ = ["BasinError", "Finding", "Severity", "check", "check_meaning", "errors"]


def check(basin: Basin) -> list[Finding]:
    """All findings of a basin: values, keys and references, and whether it makes sense."""
    findings = [*check_values(basin), *check_structure(basin)]
    unsound = {finding.table for finding in errors(findings) if finding.table}
    return findings + check_meaning(basin, unsound)


def check_meaning(basin: Basin, unsound: Collection[str] = ()) -> list[Finding]:
    """Findings of what the tables say together. Checks that need a table in `unsound` are left out."""
    asked = (one for one in CHECKS if not set(one.needs) & set(unsound) and (one.about is None or len(basin.tables[one.about])))
    return [f for one in asked for f in one.findings(basin)]
