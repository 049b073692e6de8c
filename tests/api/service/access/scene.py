"""The scene of the access table: a basin with everything in it, and one person of each kind."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.persistence.clock import now
from api.persistence.models import (
    ApiKey,
    BasinRole,
    Comment,
    Membership,
    Organisation,
    PlanRow,
    Run,
    ScenarioRow,
    ShareLink,
    StakeholderProfile,
    Stance,
    User,
)
from api.security.identity import ALL_SCOPES
from api.security.tokens import API_KEY_PREFIX, SHARE_LINK_PREFIX, digest_of, new_token
from api.services import basin_content, basins
from api.work import Service
from datasets.cases import find
from planner.basin import Basin
from planner.plan.content import pack
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario

SECRET = "secretriver"  # stands in the basin's, scenario's and plan's titles and in the addresses of those who have a role
ROLES = ("reader", "stakeholder", "analyst", "planner", "owner")
OTHERS = ("stranger", "organisation_member", "organisation_administrator", "administrator")


@dataclass(frozen=True)
class Scene:
    """Keys of the people by kind, and the identifiers that stand in paths."""

    keys: dict[str, str]
    places: dict[str, str]


def basin_of_tutorial() -> Basin:
    return Basin.read(find("tutorial"))


def build(service: Service, plan: Plan) -> Scene:
    """Put everything into a service's database and store."""
    keys: dict[str, str] = {}
    with service.database.writing() as session:
        people = {kind: _person(session, kind, keys) for kind in (*ROLES, *OTHERS)}
        organisation = Organisation(name="authority", title="Basin authority")
        session.add(organisation)
        session.flush()
        for kind, role in (("organisation_member", "member"), ("organisation_administrator", "administrator")):
            session.add(Membership(organisation_id=organisation.id, user_id=people[kind], role=role))
        for kind in ("owner", "reader"):
            session.add(Membership(organisation_id=organisation.id, user_id=people[kind], role="member"))
        basin = basins.make(
            session,
            basin_content.keep(service.store, basin_of_tutorial()),
            [],
            organisation_id=organisation.id,
            user_id=people["owner"],
            name="secret",
            title=SECRET,
        )
        session.flush()
        for role in ROLES:
            session.merge(BasinRole(basin_id=basin.id, user_id=people[role], role=role))
        scenario = ScenarioRow(
            basin_id=basin.id, name="least_cost", title=SECRET, changes=[], policy=None, created_by=people["analyst"]
        )
        session.add(scenario)
        session.flush()
        run, published = _published(session, service, basin.id, scenario, organisation.id, people["analyst"], plan)
        _, other = _published(session, service, basin.id, scenario, organisation.id, people["analyst"], plan)
        comment = Comment(basin_id=basin.id, user_id=people["stakeholder"], text=SECRET)
        profile = StakeholderProfile(
            basin_id=basin.id, user_id=people["stakeholder"], speaks_for="donor", title=SECRET, preferences=[]
        )
        stance = Stance(plan_id=published.id, basin_id=basin.id, user_id=people["stakeholder"], stance="endorses")
        token = new_token(SHARE_LINK_PREFIX)
        link = ShareLink(
            basin_id=basin.id, name="everyone", token_hash=digest_of(token), created_by=people["owner"],
            expires_at=now().replace(year=now().year + 1),
        )  # fmt: skip
        session.add_all([comment, profile, stance, link])
        session.flush()
        keys["share_link"] = token
        keys["owner_who_reads"] = _key(session, people["owner"], ["read"])
        own_key = session.query(ApiKey).filter_by(user_id=people["stranger"]).one()
        places = {
            "basin_id": basin.id, "scenario_id": scenario.id, "run_id": run.id, "plan_id": published.id,
            "other_plan_id": other.id,
            "comment_id": comment.id, "link_id": link.id, "organisation_id": organisation.id,
            "user_id": people["reader"], "key_id": own_key.id, "number": "1", "name": "ratanakiri", "form": "scenario",
        }  # fmt: skip
    return Scene(keys, places)


def _person(session: Session, kind: str, keys: dict[str, str]) -> str:
    user = User(email=f"{kind}@{SECRET}.example", name=kind, is_administrator=kind == "administrator")
    session.add(user)
    session.flush()
    keys[kind] = _key(session, user.id, sorted(ALL_SCOPES))
    return user.id


def _key(session: Session, user_id: str, scopes: list[str]) -> str:
    key = new_token(API_KEY_PREFIX)
    session.add(ApiKey(user_id=user_id, name="tests", token_hash=digest_of(key), scopes=scopes))
    return key


def _published(
    session: Session, service: Service, basin_id: str, scenario: ScenarioRow, organisation_id: str, user_id: str, plan: Plan
) -> tuple[Run, PlanRow]:
    content, put = pack(plan), service.store.put
    document = Scenario(name=scenario.name, title=SECRET).model_dump(mode="json")
    common: dict[str, Any] = {
        "basin_id": basin_id, "scenario_id": scenario.id, "basin_version": 1, "scenario": document,
        "lineage": [[scenario.id, 1]], "input_key": "1" * 64, "resolved_hash": plan.resolved_hash,
    }  # fmt: skip
    run = Run(**common, organisation_id=organisation_id, user_id=user_id, limits={"time_seconds": 30.0}, state="succeeded")
    session.add(run)
    session.flush()
    record = {key: content.record[key] for key in ("status", "verdict", "passed", "audit", "indicators")}
    published = PlanRow(
        **common, **record, run_id=run.id, title=SECRET, created_by=user_id, versions={"rivershare": "0"},
        record=put(b"{}"), tables={name: put(data) for name, data in content.tables.items()},
        basin_settings=content.basin.settings,
        basin_tables={name: put(data) for name, data in content.basin.tables.items()},
    )  # fmt: skip
    session.add(published)
    session.flush()
    run.plan_id = published.id
    return run, published
