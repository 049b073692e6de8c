"""The tables of the database."""

from api.persistence.models.base import Base
from api.persistence.models.basins import BasinRole, BasinRow, BasinVersion, ShareLink
from api.persistence.models.people import (
    ApiKey,
    FailedSignIns,
    Membership,
    OneTimeLink,
    Organisation,
    ProviderIdentity,
    SignIn,
    User,
)
from api.persistence.models.pieces import RunBest, RunPiece
from api.persistence.models.plans import PlanRow
from api.persistence.models.runs import Run, RunEvent, Worker
from api.persistence.models.scenarios import ScenarioRow
from api.persistence.models.stakeholders import Comment, StakeholderProfile, Stance
from api.persistence.models.trail import KeptAnswer, TrailEntry

__all__ = [
    "ApiKey",
    "Base",
    "BasinRole",
    "BasinRow",
    "BasinVersion",
    "Comment",
    "FailedSignIns",
    "KeptAnswer",
    "Membership",
    "OneTimeLink",
    "Organisation",
    "PlanRow",
    "ProviderIdentity",
    "Run",
    "RunBest",
    "RunEvent",
    "RunPiece",
    "ScenarioRow",
    "ShareLink",
    "SignIn",
    "StakeholderProfile",
    "Stance",
    "TrailEntry",
    "User",
    "Worker",
]
