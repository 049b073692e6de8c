"""How a plan fares where water and demand turn out otherwise."""

import json
from typing import Any, Final

from api.errors import Conflict
from api.persistence.content import ContentStore
from api.persistence.models import PlanRow
from api.schemas.futures import FuturesWanted
from api.services import plan_content
from api.services.searching import one_search
from optimization.frozen import FrozenPlanError
from optimization.futures import evaluate, robustness, sampled
from optimization.solving.limits import Limits

SECONDS: Final = 120.0


def futures_of(store: ContentStore, row: PlanRow, wanted: FuturesWanted) -> dict[str, Any]:
    """`stages` and `futures`, made once. Raises Conflict where it cannot be tried, TooMany while others ask."""
    try:
        told: dict[str, Any] = json.loads(
            plan_content.file_of((row.id, "futures", wanted.model_dump_json()), lambda: _tried(store, row, wanted))
        )
    except FrozenPlanError as error:
        raise Conflict(str(error), remedy="Ask for fewer futures, or of another plan.") from None
    return told


def _tried(store: ContentStore, row: PlanRow, wanted: FuturesWanted) -> bytes:
    plan = plan_content.plan_of(store, row)
    water = sorted((wanted.water_from_share, wanted.water_to_share))
    demand = sorted((wanted.demand_from_share, wanted.demand_to_share))
    drawn = sampled(plan.basin, wanted.count, wanted.seed, (water[0], water[1]), (demand[0], demand[1]))
    with one_search():
        results = evaluate(plan, drawn, Limits(time_seconds=SECONDS))
    stages = robustness(results, wanted.enough_share)
    return json.dumps({"stages": stages.to_dict("records"), "futures": results.to_dict("records")}).encode()
