"""Builds the basin folder from the facts: `python -m datasets.ratanakiri.build [--check]`."""

import argparse
import filecmp
import sys
import tempfile
from pathlib import Path

import pandas as pd

from datasets.ratanakiri import (
    climate,
    money,
    network,
    people,
    provenance,
    quality,
    reaches,
    relief,
    service,
    supply,
    uses,
    works,
    writing,
)
from datasets.ratanakiri.facts import assume

BASIN = Path(__file__).parent / "basin"
DERIVED = Path(__file__).parent / "derived"

DESCRIPTION = (
    "The 241 villages of Ratanak Kiri province, north-east Cambodia, between the Sesan and the Srepok. Villages, poor"
    " households, communes, elevation, runoff, river quality and dam catchments are given; service, prices, springs,"
    " boreholes and other uses are assumed with a range. SOURCES.md says which is which."
)


def settings() -> dict[str, object]:
    """The figures of the whole basin."""
    return {
        "name": "ratanakiri",
        "title": "Ratanak Kiri, Cambodia",
        "description": DESCRIPTION,
        "licence": "CC BY-SA 4.0",
        "base_year": people.BASE_YEAR,
        "discount_rate_share_per_year": assume("discount_rate"),
        "affordability_share": assume("affordability_share"),
        "peak_day_factor": assume("peak_day_factor"),
        "distribution_loss_share": assume("distribution_loss_share"),
        "survival_litres_per_person_per_day": assume("survival_litres"),
    }


def tables() -> dict[str, pd.DataFrame]:
    """Every table of the basin."""
    return {
        "stages": climate.stages(),
        "seasons": climate.seasons(),
        "members": climate.members(),
        "administrations": people.administrations(),
        "reaches": reaches.reaches(),
        "reach_lines": reaches.reach_lines(),
        "inflow": reaches.inflow(),
        "environmental_flow": reaches.environmental_flow(),
        "obligations": uses.obligations(),
        "other_uses": uses.other_uses(),
        "use_demand": uses.use_demand(),
        "sources": _of_used_sources(supply.sources()),
        "source_yields": _of_used_sources(supply.source_yields()),
        "parameters": quality.parameters(),
        "source_quality": _of_used_sources(quality.source_quality()),
        "treatment_sites": works.treatment_sites(),
        "trains": works.trains(),
        "train_removals": works.train_removals(),
        "links": network.links(),
        "categories": money.categories(),
        "options": _of_used_sources(network.options(), "place"),
        "option_requirements": network.option_requirements(),
        "groups": people.groups(),
        "villages": people.village_table(network.village_elevation()),
        "population": people.population(),
        "baseline": service.baseline(),
        "institutions": people.institutions(),
        "modes": service.modes(),
        "assets": service.assets(),
        "mode_assets": service.mode_assets(),
        "service_plans": service.service_plans(),
        "channels": money.channels(),
        "channel_amounts": money.channel_amounts(),
        "channel_eligibility": money.channel_eligibility(),
        "subsidies": money.subsidies(),
        "citations": provenance.citations(),
        "assumptions": provenance.assumptions(),
        "origins": provenance.origins(),
    }


def _of_used_sources(frame: pd.DataFrame, column: str = "source") -> pd.DataFrame:
    """Without the rows of sources that no link leaves."""
    every = supply.sources()["source"]
    unused = every[~every.isin(network.links()["from_node"])]
    return frame[~frame[column].isin(unused)]


def write(basin: Path, derived: Path) -> None:
    """Write the basin's folder, and beside it what was derived but is no table of the basin."""
    for folder in (basin, derived):
        folder.mkdir(parents=True, exist_ok=True)
    writing.write_settings(basin, settings())
    for name, frame in tables().items():
        writing.write_table(basin, name, frame)
    reaches.environmental_flow("tessmann", capped=False).to_csv(
        derived / "environmental_flow_tessmann.csv", index=False, lineterminator="\n"
    )
    relief.write(derived)
    provenance.catchment_check().to_csv(derived / "catchment_check.csv", index=False, lineterminator="\n")


def differences(basin: Path, derived: Path) -> list[str]:
    """Names of files that differ from the committed ones byte for byte (pictures: in what is packed), or are missing."""
    found = []
    for committed, fresh in ((BASIN, basin), (DERIVED, derived)):
        names = {path.name for folder in (committed, fresh) for path in folder.iterdir()}
        _, mismatch, missing = filecmp.cmpfiles(committed, fresh, sorted(names), shallow=False)
        differing = [name for name in mismatch if not _same_picture(committed / name, fresh / name)]
        found += [f"{committed.name}/{name}" for name in (*differing, *missing)]
    return found


def _same_picture(one: Path, other: Path) -> bool:
    return one.suffix == ".png" and relief.lines_of(one) == relief.lines_of(other)


def check() -> list[str]:
    """Rebuild into a temporary folder and compare with what is committed."""
    with tempfile.TemporaryDirectory() as place:
        basin, derived = Path(place) / "basin", Path(place) / "derived"
        write(basin, derived)
        return differences(basin, derived)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed folder, write nothing")
    if not parser.parse_args().check:
        write(BASIN, DERIVED)
        return 0
    found = check()
    for name in found:
        print(f"differs: {name}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
