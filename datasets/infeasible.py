"""Made-up basins that no plan can serve, each for one known reason.

Every cause is a list of a scenario's changes over a basin that can be served, so that what breaks it is data.
"""

from dataclasses import dataclass, field
from typing import Any

from datasets.synthetic import make
from planner.basin import Basin
from planner.scenario.changes import apply
from planner.scenario.scenario import Scenario

VILLAGES, STAGES = 12, 2
LAST_STAGE = f"stage_{STAGES - 1}"
NEVER = 20
"""Stages to wait for something that never serves."""

MONEY_ENOUGH: list[dict[str, Any]] = [
    {"table": "channel_amounts", "multiply": {"amount_usd": 20.0}},
    {"table": "subsidies", "multiply": {"amount_usd_per_year": 20.0}},
]
POINTS = {"rung": 3, "share": 0.95, "within": "village", "stage": LAST_STAGE, "hard": True}
POINTS_AT_ONCE = {"rung": 3, "share": 0.95, "within": "village", "hard": True}
HOUSE_TAPS = {"rung": 5, "share": 0.2, "within": "basin", "stage": LAST_STAGE, "hard": True}
SPRINGS_NEED_TREATMENT: dict[str, Any] = {
    "table": "sources",
    "where": {"kind": "spring"},
    "set": {"required_log_removal_bacteria": 2.0, "required_log_removal_viruses": 2.0, "required_barriers": 1},
}
EVERY_SOURCE_FROM_THE_RIVER: dict[str, Any] = {"table": "sources", "set": {"reach": "reach_0"}}
MORE_THAN_NATURE_BRINGS = 1e12


@dataclass(frozen=True)
class Cause:
    """Why nothing can be done: the demands that conflict, in words, the floor that is asked for, and the changes.

    `policy` is what else the policy asks for.
    """

    description: str
    demands: tuple[str, ...]
    floor: dict[str, Any]
    changes: tuple[dict[str, Any], ...]
    policy: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Infeasible:
    """A basin that no plan can serve under a scenario, and the same basin without the cause, where one can."""

    cause: str
    description: str
    demands: tuple[str, ...]
    basin: Basin
    without_cause: Basin
    scenario: Scenario


CAUSES: dict[str, Cause] = {
    "budget_too_small": Cause(
        "The channels together cannot pay handpumps for 95 % of each village.",
        ("floor", "channel amounts"),
        POINTS,
        ({"table": "channel_amounts", "multiply": {"amount_usd": 0.0001}},),
    ),
    "money_too_late": Cause(
        "Handpumps are asked for in every stage, and the first stage has no money.",
        ("floor", "channel amounts"),
        POINTS_AT_ONCE,
        ({"table": "channel_amounts", "where": {"stage": "stage_0"}, "set": {"amount_usd": 0.0}},),
    ),
    "no_channel_eligible": Cause(
        "No channel may pay for points or for pipes inside a village.",
        ("floor", "channel eligibility"),
        POINTS,
        ({"table": "channel_eligibility", "remove": True, "where": {"category": ["points", "distribution"]}},),
    ),
    "money_for_elsewhere": Cause(
        "All channels may pay in one district only, where no village lies.",
        ("floor", "channel eligibility"),
        POINTS,
        (
            {
                "table": "administrations",
                "add": {"administration": "elsewhere", "level": "district", "parent": "province", "account": True},
            },
            {"table": "channel_eligibility", "set": {"administration": "elsewhere"}},
        ),
    ),
    "running_costs_uncovered": Cause(
        "Handpumps cannot be kept running: nobody may be asked for a tariff and there is no subsidy.",
        ("floor", "affordability", "subsidies"),
        POINTS,
        (
            {"settings": {"affordability_share": 0.0}},
            {"table": "subsidies", "set": {"amount_usd_per_year": 0.0}},
        ),
    ),
    "no_service_plan": Cause(
        "No service plan gives 20 % of the people a house tap.",
        ("floor", "service plans"),
        HOUSE_TAPS,
        ({"table": "service_plans", "remove": True, "where": {"mode": "house_tap"}},),
    ),
    "sources_too_small": Cause(
        "The sources yield a thousandth of the water that house taps for 20 % of the people take.",
        ("floor", "source yields"),
        HOUSE_TAPS,
        ({"table": "source_yields", "multiply": {"yield_m3_per_day": 0.00001}},),
    ),
    "licence_too_small": Cause(
        "No source is licensed for more than a cubic metre a year.",
        ("floor", "licences"),
        HOUSE_TAPS,
        ({"table": "sources", "set": {"licence_m3_per_year": 1.0}},),
    ),
    "nothing_makes_it_safe": Cause(
        "All sources have a thousand times the arsenic that drinking water may have, and no train takes it out.",
        ("floor", "water quality"),
        HOUSE_TAPS,
        ({"table": "source_quality", "where": {"parameter": "arsenic"}, "set": {"value": 10_000.0}},),
    ),
    "river_keeps_everything": Cause(
        "Every source draws on the river, and the environmental flow is all of it.",
        ("floor", "environmental flow"),
        HOUSE_TAPS,
        (
            EVERY_SOURCE_FROM_THE_RIVER,
            {"table": "environmental_flow", "set": {"environmental_flow_m3_per_day": MORE_THAN_NATURE_BRINGS}},
        ),
    ),
    "all_owed_downstream": Cause(
        "Every source draws on the river, and all of its flow is owed downstream.",
        ("floor", "obligations"),
        HOUSE_TAPS,
        (
            EVERY_SOURCE_FROM_THE_RIVER,
            {"table": "obligations", "set": {"flow_m3_per_day": MORE_THAN_NATURE_BRINGS}},
        ),
    ),
    "pipes_too_narrow": Cause(
        "No pipe carries more than a litre a day.",
        ("floor", "conveyance capacity"),
        HOUSE_TAPS,
        ({"table": "options", "where": {"kind": "conveyance"}, "set": {"capacity_m3_per_day": 0.001}},),
    ),
    "works_too_small": Cause(
        "No works treats more than a litre a day, and no source is clean.",
        ("floor", "treatment capacity"),
        HOUSE_TAPS,
        (
            SPRINGS_NEED_TREATMENT,
            {"table": "options", "where": {"kind": "treatment"}, "set": {"capacity_m3_per_day": 0.001}},
        ),
    ),
    "lead_time_too_long": Cause(
        "Every main and pipe would serve only after the horizon.",
        ("floor", "lead times"),
        HOUSE_TAPS,
        ({"table": "options", "where": {"kind": "conveyance"}, "set": {"lead_time_stages": NEVER}},),
    ),
    "built_too_late": Cause(
        "House taps are asked for in every stage, and nothing may be built in the first.",
        ("floor", "earliest stages"),
        HOUSE_TAPS | {"stage": None},
        ({"table": "options", "set": {"earliest_stage": LAST_STAGE}},),
    ),
    "works_and_pipes_exclude_each_other": Cause(
        "Of all works and pipes only one may stand, and no source is clean.",
        ("floor", "exclusive groups"),
        HOUSE_TAPS,
        (
            SPRINGS_NEED_TREATMENT,
            {
                "table": "options",
                "where": {"kind": ["treatment", "conveyance"]},
                "set": {"exclusive_group": "only_one"},
            },
        ),
    ),
    "no_money_for_pipes": Cause(
        "No channel may pay for mains and pipes.",
        ("floor", "channel eligibility"),
        HOUSE_TAPS,
        ({"table": "channel_eligibility", "remove": True, "where": {"category": "conveyance"}},),
    ),
    "dry_in_one_season": Cause(
        "Every source is dry in the second season.",
        ("floor", "source yields"),
        HOUSE_TAPS,
        ({"table": "source_yields", "where": {"season": "season_1"}, "set": {"yield_m3_per_day": 0.0}},),
    ),
    "no_train_removes_enough": Cause(
        "The sources need more treatment against viruses than any train gives.",
        ("floor", "pathogens"),
        HOUSE_TAPS,
        ({"table": "sources", "set": {"required_log_removal_viruses": 12.0}},),
    ),
    "aquifer_too_small": Cause(
        "All sources are boreholes of one aquifer that gives a hundred cubic metres a year for good.",
        ("floor", "sustainable groundwater"),
        HOUSE_TAPS,
        (
            {"table": "aquifers", "add": {"aquifer": "basalt", "sustainable_yield_m3_per_year": 100.0}},
            {"table": "sources", "set": {"kind": "borehole", "aquifer": "basalt"}},
        ),
    ),
    "too_little_to_dilute": Cause(
        "Waters may be mixed, but the mains from the one source with little arsenic carry too little to dilute the others.",
        ("floor", "water quality"),
        HOUSE_TAPS,
        (
            {"table": "source_quality", "where": {"parameter": "arsenic"}, "set": {"value": 10_000.0}},
            {"table": "source_quality", "where": {"parameter": "arsenic", "source": "source_4"}, "set": {"value": 0.0}},
            {"table": "source_yields", "where": {"source": "source_4"}, "set": {"yield_m3_per_day": 5000.0}},
            {"table": "options", "where": {"place": ["main_0", "main_5"]}, "set": {"capacity_m3_per_day": 0.01}},
        ),
        {"blending": "chemicals"},
    ),
    "risk_that_nothing_lowers": Cause(
        "Every village has a hazard of 20 points that no option lowers, and no village may run a risk above 5.",
        ("floor", "risk", "hazards"),
        POINTS,
        (
            {
                "table": "hazards",
                "add": [
                    {"hazard": f"floods_{number:02}", "place": f"village_{number:02}", "likelihood": 5, "severity": 4}
                    for number in range(VILLAGES)
                ],
            },
        ),
        {"risk": {"highest": "low", "hard": True}},
    ),
    "river_bears_too_little": Cause(
        "What house taps leave of wastewater goes into a river that bears a gram a day, and nothing treats it.",
        ("floor", "load limits"),
        HOUSE_TAPS,
        (
            {"table": "wastewater_areas", "add": {"wastewater_area": "all", "reach": "reach_2"}},
            {
                "table": "wastewater_returns",
                "add": [
                    {"village": f"village_{number:02}", "wastewater_area": "all", "return_share": 0.8}
                    for number in range(VILLAGES)
                ],
            },
            {"table": "loads", "add": {"load": "bod", "raw_kg_per_m3": 0.3}},
            {"table": "load_limits", "add": {"reach": "reach_2", "load": "bod", "bearable_kg_per_day": 0.001}},
        ),
    ),
    "bound_on_cost_too_low": Cause(
        "A plan may cost no more than 100 USD.",
        ("floor", "bound"),
        POINTS,
        (),
        {"bounds": [{"objective": "cost", "at_most": 100.0}]},
    ),
    "rule_forbids_it": Cause(
        "A rule of one's own lets no capital be spent.",
        ("floor", "rule"),
        POINTS,
        (),
        {
            "rules": [
                {
                    "name": "nothing_is_spent",
                    "title": "Nothing is spent",
                    "expression": "sum(channel, stage: channel_balances.spent_usd[channel, stage]) <= 1",
                }
            ]
        },
    ),
    "requires_what_never_serves": Cause(
        "Every main from a source requires a dam that would serve only after the horizon.",
        ("floor", "option requirements", "lead times"),
        HOUSE_TAPS,
        (
            {"table": "sources", "set": {"existing": False}},
            {"table": "option_requirements", "set": {"requires": "dam"}},
            {
                "table": "options",
                "add": {
                    "option": "dam",
                    "kind": "source_development",
                    "place": "source_0",
                    "technology": "dam",
                    "category": "source",
                    "administration": "province",
                    "capex_usd": 1.0,
                    "life_years": 50,
                    "lead_time_stages": NEVER,
                },
            },
        ),
    ),
}  # fmt: skip


def infeasible(cause: str, seed: int = 0) -> Infeasible:
    """A small made-up basin that no plan can serve, for one of `CAUSES`. Raises KeyError for another cause."""
    chosen = CAUSES[cause]
    made = make(VILLAGES, stages=STAGES, seasons=2, members=2, seed=seed, tightness=0.0)
    asked = {"objectives": [{"objective": "cost"}], "floors": [chosen.floor], **chosen.policy}
    scenario = Scenario.from_dict({"name": cause, "title": chosen.description, "policy": asked})
    without = apply(made, Scenario.from_dict({"name": "money_enough", "changes": MONEY_ENOUGH}))
    broken = apply(without, Scenario.from_dict({"name": cause, "changes": chosen.changes}))
    return Infeasible(cause, chosen.description, chosen.demands, broken, without, scenario)


WORDS = {
    "budget_too_small": "what the channel",
    "money_too_late": "what the channel",
    "no_channel_eligible": "what channels may pay for",
    "money_for_elsewhere": "what channels may pay for",
    "no_money_for_pipes": "what channels may pay for",
    "running_costs_uncovered": "tariffs and subsidies",
    "no_service_plan": "service plans",
    "sources_too_small": "the yield of",
    "dry_in_one_season": "the yield of",
    "licence_too_small": "the licence of",
    "nothing_makes_it_safe": "arsenic",
    "no_train_removes_enough": "viruses",
    "river_keeps_everything": "the environmental flow kept at",
    "all_owed_downstream": "the flow owed downstream",
    "pipes_too_narrow": "the capacity of",
    "works_too_small": "the capacity of",
    "lead_time_too_long": "the lead times",
    "built_too_late": "the earliest stages",
    "works_and_pipes_exclude_each_other": "the exclusive groups",
    "requires_what_never_serves": "the requirement of dam",
    "aquifer_too_small": "the sustainable yield of basalt",
    "too_little_to_dilute": "the guideline value of arsenic",
    "risk_that_nothing_lowers": "the highest risk of village",
    "river_bears_too_little": "the bod that reach_2 bears",
    "bound_on_cost_too_low": "the bound on cost",
    "rule_forbids_it": "the rule 'Nothing is spent'",
}
"""What the first sentence says of each cause."""
