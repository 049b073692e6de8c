"""Water that no longer leaks, from what flows and what serves."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.network import Flows, summed
from planner.plan.audit.options import Works
from planner.plan.audit.tolerances import WATER


def saved_by_row(facts: Facts, works: Works, flows: Flows) -> Numbers:
    """What each row of leakage_reductions saves: (row, stage, season, member), m³/day."""
    table, names = facts.basin.tables["leakage_reductions"], facts.names
    option, link = names.codes("options", table["option"]), names.codes("links", table["link"])
    share = table["saved_share"].to_numpy(float)[:, None, None, None]
    return np.asarray(share * works.serves[option][:, :, None, None] * flows.entering[link])


def saved_in_links(facts: Facts, saved: Numbers) -> Numbers:
    """The same by link: (link, stage, season, member)."""
    link = facts.names.codes("links", facts.basin.tables["leakage_reductions"]["link"])
    return summed(facts.size("links"), link, saved)


def check_leakage(facts: Facts, claims: Claims, saved: Numbers) -> list[AuditCheck]:
    """The claimed savings against those counted anew, option by option and link by link."""
    table, names, claimed = facts.basin.tables["leakage_reductions"], facts.names, claims["leakage_saved"]
    links = names.size("links")
    pair = names.codes("options", table["option"]) * links + names.codes("links", table["link"])
    order = np.argsort(pair)
    asked = claimed["option"].to_numpy() * links + claimed["link"].to_numpy()
    at = np.minimum(np.searchsorted(pair[order], asked), max(len(pair) - 1, 0))
    known = pair[order][at] == asked if len(pair) else np.zeros(len(asked), bool)
    period = tuple(claimed[column].to_numpy()[known] for column in ("stage", "season", "member"))
    said = claimed["saved_m3_per_day"].to_numpy(float)
    told = dense(saved.shape, (order[at[known]] if len(pair) else at[known], *period), said[known])
    row = names.grid("options", "links")

    def place(i: int, t: int, s: int, m: int) -> str:
        option, link = divmod(int(pair[i]), links)
        return f"{row(option, link)}, {names.grid('stages', 'seasons', 'members')(t, s, m)}"

    return [
        judge("leakage_saved", "What is saved is the share of what enters links that are mended", np.abs(told - saved), WATER,
              place, saved),
        judge("leakage_elsewhere", "Nothing is saved where the basin says nothing", np.where(known, 0.0, said), WATER,
              names.rows(options=claimed["option"].to_numpy(), links=claimed["link"].to_numpy())),
    ]  # fmt: skip
