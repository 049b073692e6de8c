"""Branches of a policy, and the plan of each."""

from pydantic import Field

from api.schemas.base import Answer, ObjectId


class BranchAnswer(Answer):
    """A branch of a policy: one of several futures, each of which has a plan of its own."""

    name: str
    title: str
    known_from: str = Field(description="First stage whose decisions may differ from those of the other branches.")
    known_from_title: str
    probability_share: float


class BranchPlanAnswer(BranchAnswer):
    """The plan of a branch."""

    plan_id: ObjectId
