"""Every way to break a basin is found, at its place, with a way to mend it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.checks import BasinError, Finding
from planner.checks.catalogue import CODES
from planner.formats.folder import inspect, read_basin

Change = Callable[[str, str, str], None]

# file, what stands there, what stands there instead, code, line, column
BROKEN = [
    ("basin.yaml", "base_year: 2026\n", "", "settings.missing_key", 1, "base_year"),
    ("basin.yaml", "base_year: 2026", "base_year: soon", "settings.value", 5, "base_year"),
    ("basin.yaml", "base_year: 2026", "base_year: 1066", "settings.value", 5, "base_year"),
    ("basin.yaml", "per_year: 0.05", "per_year: .inf", "settings.value", 6, "discount_rate_share_per_year"),
    ("basin.yaml", "per_year: 0.05", "per_year: .nan", "settings.value", 6, "discount_rate_share_per_year"),
    ("basin.yaml", "affordability_share", "afordability_share", "settings.unknown_key", 7, "afordability_share"),
    ("basin.yaml", "licence: CC0-1.0", "name: other", "settings.key_twice", 4, "name"),
    ("basin.yaml", "title: Small", "title: [Small", "settings.syntax", 3, None),
    ("basin.yaml", "title: Small valley", "title: [Small]", "settings.form", 2, None),
    ("basin.yaml", "name: small", "name: &a small", "settings.alias", 1, None),
    ("basin.yaml", "name: small", "name: !!python/name:os.system small", "settings.tag", 1, None),
    ("basin.yaml", "name: small", "name: " + "[" * 500, "settings.form", 1, None),
    ("basin.yaml", "name: small", "name: 2026", "settings.value", 1, "name"),
    ("basin.yaml", "title: Small", "title: \x00Small", "file.nul_byte", 2, None),
    ("stages.csv", "stage,title,first_year,years", "", "table.header", 1, None),
    ("stages.csv", "first_year,years", "first_year,year", "column.missing", 1, "years"),
    ("stages.csv", "first_year,years", "first_year,year", "column.unknown", 1, "year"),
    ("stages.csv", "stage,title", "stage,stage", "column.twice", 1, "stage"),
    ("stages.csv", "s2,2032-2036,2032,5", "s2,2032-2036,2032", "table.ragged_row", 3, None),
    ("stages.csv", "s2,2032-2036,2032,5", "s2,2032-2036,2032,5,6", "table.ragged_row", 3, None),
    ("stages.csv", "s2,2032-2036", 's2,"2032-2036', "table.quote_open", 3, None),
    ("stages.csv", "2032,5", "2032,five", "cell.not_an_integer", 3, "years"),
    ("stages.csv", "2032,5", "2032,5.0", "cell.not_an_integer", 3, "years"),
    ("stages.csv", "2032,5", "2032,", "cell.blank", 3, "years"),
    ("stages.csv", "2032,5", "2032,0", "cell.out_of_range", 3, "years"),
    ("stages.csv", "s2,2032-2036", "s 2,2032-2036", "cell.identifier", 3, "stage"),
    ("stages.csv", "s2,2032-2036", "s2," + "x" * 501, "cell.too_long", 3, "title"),
    ("stages.csv", "s2,2032-2036", "s1,2032-2036", "key.duplicate", 3, "stage"),
    ("stages.csv", "2032,5", "2033,5", "stage.not_consecutive", 3, "first_year"),
    ("stages.csv", "2027,5", "2020,12", "stage.before_base_year", 2, "first_year"),
    ("seasons.csv", "Wet,185", "Wet,184", "season.days", None, "days"),
    ("seasons.csv", "185,0.98", "185,1.4", "season.demand_factor", None, "demand_factor"),
    ("seasons.csv", "185,0.98", "185,1e400", "cell.not_finite", 3, "demand_factor"),
    ("seasons.csv", "185,0.98", "185,inf", "cell.not_finite", 3, "demand_factor"),
    ("seasons.csv", "185,0.98", "185,NaN", "cell.not_finite", 3, "demand_factor"),
    ("members.csv", "normal,,design", "normal,,designed", "cell.choice", 2, "kind"),
    ("members.csv", "design,0.75", "design,0.7", "member.probabilities", None, "probability"),
    ("members.csv", "stress,0.05", "stress,0", "member.never", 4, "probability"),
    ("members.csv", "stress,0.05", "stress,5%", "cell.not_a_number", 4, "probability"),
    ("administrations.csv", "Upper,district,province,true", "Upper,district,province,ja",
     "cell.not_a_boolean", 3, "account"),
    ("administrations.csv", "Province,province,,true", "Province,province,upper,true",
     "administration.cycle", 2, "parent"),
    ("administrations.csv", "e,province,,true", "e,province,,false",
     "administration.no_account", 3, "administration"),
    ("reaches.csv", "mouth,Mouth,,", "mouth,Mouth,head,", "reach.cycle", 2, "downstream"),
    ("reaches.csv", "head,Head,mouth", "head,Head,mout", "reference.unknown", 2, "downstream"),
    ("reaches.csv", "13.7,900", "13.7,300", "reach.catchment_shrinks", 3, "catchment_area_km2"),
    ("reaches.csv", "107.1,13.8", "107.1,138", "cell.out_of_range", 2, "latitude"),
    ("inflow.csv", "head,dry,drought,8000\n", "", "inflow.incomplete", None, "reach"),
    ("inflow.csv", "head,dry,drought,8000\n", "head,dry,drought,\n", "cell.blank", 4, "inflow_m3_per_day"),
    ("inflow.csv", "head,dry,drought,8000\n", "head,dry,drought,-1\n", "cell.out_of_range", 4, "inflow_m3_per_day"),
    ("environmental_flow.csv", "head,dry,9000", "head,dry,90000",
     "environmental_flow.above_natural", 2, "environmental_flow_m3_per_day"),
    ("obligations.csv", "mouth,dry,8000", "mouth,dry,800000", "obligations.above_natural", 2, "flow_m3_per_day"),
    ("other_uses.csv", "head,mouth,0.2", "head,,0.2", "other_use.return_lost", 2, "return_reach"),
    ("use_demand.csv", "rice,wet,500\n", "", "use_demand.incomplete", None, "use"),
    ("sources.csv", ",4,3,2,2", ",0,0,0,0", "source.river_untreated", 3, "required_log_removal_bacteria"),
    ("sources.csv", ",4,3,2,2", ",4,3,2,1", "source.one_barrier", 3, "required_barriers"),
    ("sources.csv", "spring,Hill", "works,Hill", "node.ambiguous", 2, "site"),
    ("source_yields.csv", "spring,dry,normal,60\n", "", "source_yields.incomplete", None, "source"),
    ("source_yields.csv", "spring,dry,normal,60\n", "spring,dry,normal,60 m3\n",
     "cell.not_a_number", 2, "yield_m3_per_day"),
    ("source_yields.csv", "spring,dry,normal,60\n", "spring,dry,normal,6_0\n",
     "cell.not_a_number", 2, "yield_m3_per_day"),
    ("source_yields.csv", "spring,dry,normal,60\n", "spring,dry,normal,+60\n",
     "cell.not_a_number", 2, "yield_m3_per_day"),
    ("source_yields.csv", "intake,dry,dry_year,2000\n", "intake,dry,dry_year,0\n",
     "supply.below_demand", None, "yield_m3_per_day"),
    ("source_quality.csv", "intake,wet,arsenic,6\n", "", "source_quality.incomplete", 2, "season"),
    ("train_removals.csv", "arsenic,0.3", "arsenic,0.1", "treatment.makes_nothing_safe", 3, "train"),
    ("trains.csv", "4,3,2,2,0.95", "4,2,2,2,0.95", "main.never_safe", 3, "to_node"),
    ("links.csv", "works_midway,works,midway", "works_midway,midway,midway", "link.loop", 4, "to_node"),
    ("links.csv", "works_midway,works,midway", "works_midway,midway,works", "link.direction", 4, "from_node"),
    ("links.csv", "0.02,30,0", "0.02,0,0", "link.no_capacity", 2, "existing_capacity_m3_per_day"),
    ("links.csv", "1.8,-20", "1.8,20", "link.uphill", 4, "lift_m"),
    ("links.csv", "works_midway,works,midway", "works_midway,works,riverside", "village.unreachable", 3, "village"),
    ("links.csv", "intake_works,intake,works", "intake_works,intake,midway", "site.not_linked", 2, "site"),
    ("options.csv", "source_development,intake,", "source_development,works,", "option.place", 2, "place"),
    ("options.csv", "source_development,intake,", "source_development,spring,", "option.develops_existing", 2, "place"),
    ("options.csv", "source_development,intake,", "source_development,spring,",
     "source.never_developed", 3, "existing"),
    ("options.csv", "treatment,works,slow_sand", "treatment,works,", "option.train_missing", 3, "train"),
    ("options.csv", "conveyance,intake_works,,pipe_110", "conveyance,intake_works,slow_sand,pipe_110",
     "option.train_unwanted", 4, "train"),
    ("options.csv", "lower,400,30000", "lower,,30000", "option.capacity_missing", 4, "capacity_m3_per_day"),
    ("options.csv", "lower,,20000", "lower,50,20000", "option.capacity_unused", 2, "capacity_m3_per_day"),
    ("options.csv", "30000,0,300", "30000,5,300", "option.price_by_capacity", 4, "capex_usd_per_m3_per_day"),
    ("options.csv", "40,0,s2,", "40,1,s2,", "option.too_late", 7, "lead_time_stages"),
    ("option_requirements.csv", "sand_works,open_intake", "pipe_midway,pipe_riverside",
     "option.requires_itself", 2, "requires"),
    ("option_requirements.csv", "sand_works,open_intake", "main_110,main_160", "option.requires_rival", 2, "requires"),
    ("option_requirements.csv", "sand_works,open_intake", "sand_works,open_intak", "reference.unknown", 2, "requires"),
    ("population.csv", "midway,poor,200.0,0.02,200\n", "", "population.incomplete", None, "village"),
    ("baseline.csv", "midway,poor,surface,0.5\n", "midway,poor,surface,0.4\n", "baseline.shares", 8, "share"),
    ("modes.csv", "surface,Stream,0,none", "surface,Stream,0,raw", "mode.no_informal", None, "mode"),
    ("modes.csv", "surface,Stream,0,none", "surface,Stream,0,raw", "mode.piped_without_assets", 2, "mode"),
    ("modes.csv", "4,safe,40", "4,safe,0", "mode.no_litres", 4, "litres_per_person_per_day"),
    ("modes.csv", "surface,Stream,0", "surface,Stream,6", "cell.out_of_range", 2, "rung"),
    ("mode_assets.csv", "public_tap,network,village,1\n", "", "asset.unused", 4, "asset"),
    ("service_plans.csv", "taps,,public_tap,0.95", "points,,public_tap,0.95", "service_plan.shares", 2, "share"),
    ("service_plans.csv", "taps,,public_tap", "as_before,,public_tap", "service_plan.reserved", 3, "service_plan"),
    ("service_plans.csv", "poor,other,public_tap,0.5", "poor,,public_tap,0.0", "service_plan.mode_twice", 4, "group"),
    ("channel_eligibility.csv", "aid,taps,lower\naid,taps,province\n", "", "channel.nothing_eligible", 3, "channel"),
    ("members.csv", "normal,,design,0.75\ndry_year,,design,0.25", "normal,,stress,0.75\ndry_year,,stress,0.25",
     "member.no_design", None, "kind"),
    ("links.csv", "spring_hilltop,spring,hilltop", "spring_hilltop,intake,hilltop", "source.unused", 2, "source"),
    ("options.csv", "sand_works,,treatment,works,slow_sand", "sand_works,,source_development,intake,",
     "site.no_train", 2, "site"),
    ("population.csv", "midway,poor,200.0,0.02,200\nmidway,other,300.0,", "midway,poor,0,0.02,200\nmidway,other,0,",
     "village.empty", 3, "village"),
    ("baseline.csv", "midway,poor,surface,0.5\nmidway,poor,borehole,0.4\nmidway,poor,public_tap,0.1\n", "",
     "baseline.missing", 4, "village"),
    ("population.csv", "midway,poor,200.0,0.02,200\n", "", "baseline.of_nobody", 8, "village"),
    ("modes.csv", "public_tap,Public tap", "kiosk,Kiosk,4,safe,20,30,true\npublic_tap,Public tap", "mode.unused", 4, "mode"),
    ("channel_amounts.csv", "aid,s1,40000", "aid,s1,0", "channel.empty", 3, "channel"),
    ("channel_amounts.csv", "grant,s2,80000\n", "", "channel_amounts.incomplete", None, "channel"),
    ("channel_eligibility.csv", "grant,conveyance,\n", "", "category.nobody_pays", None, "category"),
    ("channel_eligibility.csv", "aid,taps,lower\naid,taps,province\n", "aid,taps,lower\n",
     "channel.nothing_to_pay", 3, "channel"),
    ("channel_shares.csv", "0.9,0.05", "0.05,0.9", "channel_share.turned", 2, "smallest_share"),
    ("channel_shares.csv", "aid,taps", "aid,source", "channel_share.not_eligible", 2, "category"),
    ("channel_shares.csv", "aid,taps,0.9,0.05", "aid,taps,0.9,0.5\ngrant,taps,0.9,0.6",
     "channel_share.too_much", None, "smallest_share"),
    ("channel_shares.csv", "aid,taps,0.9,0.05", "aid,taps,0.3,0.0\ngrant,taps,0.6,0",
     "channel_share.too_little", None, "largest_share"),
    ("loan_terms.csv", "bank,0.02", "grant,0.02", "loan.not_a_loan", 2, "channel"),
    ("loan_terms.csv", "bank,0.02,5,20\n", "", "loan.without_terms", 4, "channel"),
    ("loan_terms.csv", "5,20", "20,20", "loan.grace", 2, "grace_years"),
    ("subsidies.csv", "om_fund,s2,,9000", "om_fund,s2,upper,9000", "subsidy.moves", 3, "administration"),
    ("citations.csv", "CC BY 4.0\n", "CC BY 4.0\ncensus,Census,\n", "citation.unused", 3, "citation"),
    ("assumptions.csv", "13,8,22", "25,8,22", "assumption.outside_range", 2, "value"),
    ("assumptions.csv", "13,8,22", "13,22,8", "assumption.range_turned", 2, "low"),
    ("origins.csv", "options,capex_usd,assumed,pipe_cost", "options,capex_usd,assumed,",
     "origin.without_assumption", 2, "assumption"),
    ("origins.csv", "options,capex_usd,assumed,pipe_cost", "options,capex_usd,assumed,",
     "assumption.unused", 2, "assumption"),
    ("origins.csv", "given,,survey", "given,,", "origin.without_citation", 3, "citation"),
    ("origins.csv", "options,capex_usd", "option,capex_usd", "origin.unknown_table", 2, "of_table"),
    ("origins.csv", "options,capex_usd", "options,capex", "origin.unknown_column", 2, "of_column"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "line", "column"), BROKEN, ids=[f"{b[3]}-{i}" for i, b in enumerate(BROKEN)]
)
def test_what_is_broken_is_found_at_its_place(
    small_basin: Path, change: Change, file: str, old: str, new: str, code: str, line: int | None, column: str | None
) -> None:
    change(file, old, new)
    basin, findings = inspect(small_basin)
    match = [f for f in findings if f.code == code and f.column == column and f.row == line]
    assert match, "\n".join(str(f) for f in findings)
    assert match[0].table is not None
    assert match[0].remedy
    assert match[0].severity == CODES[code].severity
    if basin is None:
        with pytest.raises(BasinError):
            read_basin(small_basin)


def test_a_source_that_is_safe_only_mixed_is_told_apart_from_one_that_never_is(small_basin: Path, change: Change) -> None:
    change("source_quality.csv", "intake,dry,arsenic,12", "intake,dry,arsenic,30")
    change("source_quality.csv", "intake,wet,arsenic,6", "intake,wet,arsenic,30")
    assert {"main.never_safe", "treatment.makes_nothing_safe"} <= {f.code for f in inspect(small_basin)[1]}
    change("links.csv", "works_midway,works", "spring_works,spring,works,gravity,3,-60,0,30,0\nworks_midway,works")
    findings = {f.code: f for f in inspect(small_basin)[1]}
    assert not {"main.never_safe", "treatment.makes_nothing_safe"} & set(findings)
    assert (findings["main.only_mixed"].table, findings["main.only_mixed"].row) == ("links", 3)


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def put(name: str, data: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return write


def link_out(folder: Path) -> None:
    outside = folder.parent / "outside.csv"
    shutil.move(folder / "links.csv", outside)
    (folder / "links.csv").symlink_to(outside)


def folder_for_table(folder: Path) -> None:
    (folder / "links.csv").unlink()
    (folder / "links.csv").mkdir()


@pytest.mark.parametrize(
    ("break_it", "code", "table"),
    [
        (remove("basin.yaml"), "settings.missing", "basin"),
        (remove("villages.csv"), "table.missing", "villages"),
        (put("link.csv", b"a,b\n"), "table.unknown", "link"),
        (put("notes.txt", b"notes"), "file.unknown", None),
        (put("villages.csv", b""), "table.header", "villages"),
        (put("villages.csv", b"village,administration,longitude,latitude,elevation_m\n"), "table.empty", "villages"),
        (put("villages.csv", b"\xff\xfev\x00i\x00"), "file.not_utf8", "villages"),
        (put("villages.csv", b"village\rhilltop\r"), "file.line_end", "villages"),
        (put("basin.yaml", b"x: " + b"a" * 70_000), "file.too_large", "basin"),
        (link_out, "file.outside", "links"),
        (folder_for_table, "file.not_a_file", "links"),
    ],
)
def test_files_that_are_no_tables_are_found(
    small_basin: Path, break_it: Callable[[Path], None], code: str, table: str | None
) -> None:
    break_it(small_basin)
    _, findings = inspect(small_basin)
    match = [f for f in findings if f.code == code]
    assert match, "\n".join(str(f) for f in findings)
    assert match[0].table == table
    assert match[0].remedy


def test_the_small_basin_has_nothing_to_find(small_basin: Path) -> None:
    basin, findings = inspect(small_basin)
    assert basin is not None
    assert findings == []


def test_everything_wrong_is_said_at_once(small_basin: Path, change: Change) -> None:
    change("seasons.csv", "Wet,185", "Wet,184")
    change("members.csv", "design,0.75", "design,0.7")
    change("links.csv", "1.8,-20", "1.8,far")
    change("basin.yaml", "base_year: 2026", "base_year: soon")
    change("villages.csv", "midway,Midway,lower", "midway,Midway,nowhere")
    codes = {f.code for f in inspect(small_basin)[1]}
    assert {"season.days", "member.probabilities", "cell.not_a_number", "settings.value", "reference.unknown"} <= codes


def test_a_thousand_like_faults_are_not_a_thousand_findings(small_basin: Path) -> None:
    rows = "".join(f"head,{point},999,13.7\n" for point in range(1000))
    (small_basin / "reach_lines.csv").write_text("reach,point,longitude,latitude\n" + rows, encoding="utf-8")
    found = [f for f in inspect(small_basin)[1] if f.code == "cell.out_of_range"]
    assert len(found) == 21
    assert "980 more" in found[-1].message


def test_a_near_name_is_offered(small_basin: Path, change: Change) -> None:
    change("reaches.csv", "head,Head,mouth", "head,Head,mout")
    finding = next(f for f in inspect(small_basin)[1] if f.code == "reference.unknown")
    assert finding.remedy == "Did you mean mouth? Otherwise add it to reaches.csv."


def test_a_place_that_is_no_folder_is_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.write_text("a\n", encoding="utf-8")
    assert [f.code for f in inspect(file)[1]] == ["folder.not_a_folder"]
    assert [f.code for f in inspect(tmp_path / "nowhere")[1]] == ["folder.missing"]
    assert [f.code for f in inspect("x\0y")[1]] == ["folder.missing"]


def test_every_code_of_the_catalogue_says_what_to_do() -> None:
    for code in CODES.values():
        assert code.severity in ("error", "warning", "note")
        assert code.meaning.endswith(".")
        assert code.remedy.endswith(".")


def test_a_finding_says_its_place_in_words() -> None:
    finding = Finding("cell.blank", "error", "The cell is blank.", "links", 7, "loss_share", remedy="Fill in the value.")
    assert finding.place == "links.csv, line 7, loss_share"
    assert str(finding) == "error cell.blank: links.csv, line 7, loss_share: The cell is blank. Fill in the value."
    assert finding.to_dict()["row"] == 7
