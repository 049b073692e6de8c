"""`/v1/basins/{basin_id}/roles`: who may do what with a basin."""

from api.http.documented import ONE, WRITES, problems
from api.http.pages import Page, PageQuery, page_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import BasinRole, User
from api.persistence.repositories import basin_roles as rows
from api.persistence.repositories import people
from api.schemas.sharing import RoleAnswer, RoleBody, RoleByEmail
from api.services import basin_roles
from api.work import CurrentWork

router = SubjectRouter(prefix="/basins/{basin_id}/roles", tags=["Sharing"], route_class=TransactionRoute)


@router.get("", responses=problems(*ONE))
@quick
def list_roles(work: CurrentWork, basin_id: str, wanted: PageQuery) -> Page[RoleAnswer]:
    """Who has which role in a basin. Takes an owner."""
    basin = work.basin(basin_id, "owner")
    found, cursor = page_of(work.session, rows.roles(basin.id), BasinRole.user_id, wanted, newest_first=False)
    users = people.by_ids(work.session, [row.user_id for row in found])
    return Page(items=[_answer(row, users[row.user_id]) for row in found], next_cursor=cursor)


@router.put("", responses=problems(*ONE, *WRITES))
def give_role_by_email(work: CurrentWork, basin_id: str, body: RoleByEmail) -> RoleAnswer:
    """Give a role to the account with this e-mail address. Takes an owner who shares an organisation with them."""
    basin = basin_roles.demand_giver(work.session, work.identity, basin_id)
    user = people.by_email(work.session, body.email)
    return _answer(*basin_roles.give(work.session, work.identity.require_account(), basin, user, body.role))


@router.put("/{user_id}", responses=problems(*ONE, *WRITES))
def give_role(work: CurrentWork, basin_id: str, user_id: str, body: RoleBody) -> RoleAnswer:
    """Give somebody a role, or another one. Takes an owner who shares an organisation with them.

    Where no active owner is left, an administrator of the service may do it.
    """
    basin = basin_roles.demand_giver(work.session, work.identity, basin_id)
    user = work.session.get(User, user_id)
    return _answer(*basin_roles.give(work.session, work.identity.require_account(), basin, user, body.role))


@router.delete("/{user_id}", status_code=204, responses=problems(*ONE, *WRITES))
def take_role(work: CurrentWork, basin_id: str, user_id: str) -> None:
    """Take somebody's role in a basin. Takes an owner; the last one stays."""
    basin = basin_roles.demand_giver(work.session, work.identity, basin_id)
    basin_roles.take(work.session, basin, user_id)


def _answer(role: BasinRole, user: User) -> RoleAnswer:
    return RoleAnswer(user_id=user.id, name=user.name, email=user.email, role=role.role)
