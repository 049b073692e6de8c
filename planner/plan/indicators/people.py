"""Indicators of people: persons at each rung, in all and by group."""

from collections.abc import Iterator

from planner.plan.audit.people import reached
from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader


def people(reader: Reader) -> Iterator[Indicator]:
    modes = reader.basin.tables["modes"]
    before = reached(reader.facts.people.before, reader.facts.people.rung).sum(axis=(0, 1))
    service = reader.tables["service"]
    everybody = reader.by_stage("service", "persons").to_numpy()
    piped = service["mode"].isin(modes.loc[modes["grade"] != "none", "mode"])
    for number, (stage, title) in enumerate(reader.stages):
        here = service["stage"] == stage
        for rung in range(1, 6):
            now = float(service["persons"][here & (service["rung"] >= rung)].sum())
            name = f"people_at_rung_{rung}_or_above_{stage}"
            said = f"People at rung {rung} or above, {title}"
            yield Indicator(name, said, now, "persons", "higher", "people")
            yield Indicator(f"{name}_if_nothing_is_built", f"{said}, if nothing is built",
                            float(before[number, rung]), "persons", "neither", "people")  # fmt: skip
        safe = float(service["persons"][here & (service["rung"] >= 4)].sum())
        present = float(everybody[number])
        yield Indicator(f"share_at_rung_4_or_above_{stage}", f"Share of the people at rung 4 or above, {title}",
                        safe / present if present > 0 else 0.0, "share", "higher", "people")  # fmt: skip
        yield Indicator(f"people_on_pipes_{stage}", f"People on piped water, {title}",
                        float(service["persons"][here & piped].sum()), "persons", "neither", "people")  # fmt: skip
    floors = reader.tables["floors"]
    for floor, rows in floors.groupby("floor"):
        missed = float((rows["missed_persons"] * rows["stage"].map(reader.stage_share).astype(float)).sum())
        yield Indicator(f"floor_{floor}_missed", f"People missed by floor {floor}", missed, "persons", "lower",
                        "people")  # fmt: skip


def groups(reader: Reader) -> Iterator[Indicator]:
    """By population group: counts at each rung, and how far apart the groups are."""
    service, groups = reader.tables["service"], reader.basin.tables["groups"]["group"]
    for stage, title in reader.stages:
        here = service[service["stage"] == stage]
        everybody = here.groupby("group")["persons"].sum().reindex(groups, fill_value=0.0)
        for rung in range(1, 6):
            counted = here[here["rung"] >= rung].groupby("group")["persons"].sum().reindex(groups, fill_value=0.0)
            for group, persons in counted.items():
                yield Indicator(f"{group}_at_rung_{rung}_or_above_{stage}",
                                f"{reader.titles.of('groups', group)} at rung {rung} or above, {title}",
                                float(persons), "persons", "higher", "groups")  # fmt: skip
            if rung == 4:
                share = (counted / everybody)[everybody > 0]
                apart = float(share.max() - share.min()) if len(share) else 0.0
                yield Indicator(f"gap_between_groups_at_rung_4_{stage}",
                                f"Gap between groups in the share at rung 4 or above, {title}", apart,
                                "share", "lower", "groups")  # fmt: skip
