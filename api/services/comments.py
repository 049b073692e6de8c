"""Comments: made by those concerned, changed by who made them, taken back by them or by an owner of the basin."""

from sqlalchemy.orm import Session

from api.errors import Gone, Invalid, NotAllowed, NotFound, fault
from api.persistence.clock import now
from api.persistence.content import ContentStore
from api.persistence.models import BasinRow, Comment, PlanRow, ScenarioRow
from api.security.identity import Identity, Scope
from api.security.permissions import demand, role_in
from api.services.basins import find_version
from api.services.places import NAMED, demand_place
from planner.checks.report import did_you_mean, listed


def find(session: Session, identity: Identity, comment_id: str, scope: Scope = "read") -> tuple[Comment, BasinRow]:
    """A comment and its basin. Raises NotSignedIn without an account, and NotFound where it may not be known of."""
    identity.require_account(scope)
    comment = session.get(Comment, comment_id)
    basin = None if comment is None else session.get(BasinRow, comment.basin_id)
    if comment is None or basin is None or role_in(session, identity, basin) is None:
        raise NotFound(f"There is no comment {comment_id[:80]}.")
    return comment, basin


def demand_own(session: Session, identity: Identity, comment: Comment, basin: BasinRow, *, or_owner: bool = False) -> None:
    """Raises NotAllowed unless it is one's own, or one owns the basin where that is enough; Gone where it was deleted."""
    demand(session, identity, basin.id, "stakeholder", "write")
    own = comment.user_id == identity.require_account("write").user_id
    if not own and not (or_owner and role_in(session, identity, basin) == "owner"):
        raise NotAllowed("This takes who made the comment.", remedy="Answer it instead.")
    if comment.deleted_at is not None:
        raise Gone("The comment was deleted.")


def answer(session: Session, basin: BasinRow, user_id: str, text: str, comment_id: str) -> Comment:
    """A new comment that answers another, on the same subject. Raises Invalid where the basin has no such comment."""
    answered = session.get(Comment, comment_id)
    if answered is None or answered.basin_id != basin.id:
        raise _unknown("comment", comment_id, "/answer_to")
    subject = {name: getattr(answered, name) for name in ("plan_id", "scenario_id", "table", "place")}
    return _kept(session, Comment(basin_id=basin.id, user_id=user_id, text=text, answer_to=answered.id, **subject))


def make(
    session: Session,
    store: ContentStore,
    basin: BasinRow,
    user_id: str,
    text: str,
    *,
    plan_id: str | None,
    scenario_id: str | None,
    table: str | None,
    place: str | None,
) -> Comment:
    """A new comment. Raises Invalid where the basin lacks the plan, scenario or place: a plan's basin, if it is on a plan."""
    plan = None if plan_id is None else session.get(PlanRow, plan_id)
    if plan_id is not None and (plan is None or plan.basin_id != basin.id):
        raise _unknown("plan", plan_id, "/plan_id")
    scenario = None if scenario_id is None else session.get(ScenarioRow, scenario_id)
    if scenario_id is not None and (scenario is None or scenario.basin_id != basin.id):
        raise _unknown("scenario", scenario_id, "/scenario_id")
    if table is not None and place is not None:
        _demand_table(table)
        tables = find_version(session, basin, "latest").tables if plan is None else plan.basin_tables
        demand_place(store, tables, table, place, "/place")
    subject = {"plan_id": plan_id, "scenario_id": scenario_id, "table": table, "place": place}
    return _kept(session, Comment(basin_id=basin.id, user_id=user_id, text=text, **subject))


def change(comment: Comment, text: str) -> None:
    """Another text."""
    comment.text = text
    comment.revise()


def delete(comment: Comment) -> None:
    """Take a comment back: its text goes, its place in the thread stays."""
    comment.text, comment.deleted_at = "", now()
    comment.revise()


def _kept(session: Session, comment: Comment) -> Comment:
    session.add(comment)
    session.flush()
    return comment


def _demand_table(table: str) -> None:
    if table not in NAMED:
        remedy = did_you_mean(table, NAMED) or f"Tables with places are {listed(NAMED, len(NAMED))}."
        where = fault(f"{table} is no table whose rows have a name.", pointer="/table", remedy=remedy)
        raise Invalid(f"Comments cannot be on rows of {table}.", errors=[where])


def _unknown(kind: str, identifier: str, pointer: str) -> Invalid:
    where = fault(f"The basin has no {kind} {identifier[:80]}.", pointer=pointer)
    return Invalid(f"The basin has no such {kind}.", errors=[where])
