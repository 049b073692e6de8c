"""A scenario: named changes over a basin, and the policy that a plan is to follow."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from planner.basin.field import Identifier, Text
from planner.checks.finding import Finding
from planner.scenario.change import Change
from planner.scenario.policy import Policy


class ScenarioError(ValueError):
    """A scenario that cannot be read or applied; `findings` holds every reason."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(finding.message for finding in self.findings))


class Scenario(BaseModel):
    """Changes over a basin, in order, and a policy. Without any: the basin as it is, at least cost."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: Identifier = Field(examples=["least_cost"])
    title: Text = Field(default="", description="Name to print; the name itself if left out.", examples=["Least cost"])
    description: Annotated[str, Field(max_length=5000)] = ""
    changes: tuple[Change, ...] = Field(default=(), max_length=10_000, description="Applied in order.")
    policy: Policy = Field(title="Policy", default_factory=Policy)

    @property
    def label(self) -> str:
        """The title, or the name where there is none."""
        return self.title or self.name

    @classmethod
    def read(cls, path: str | Path) -> "Scenario":
        """Read a YAML file. Raises ScenarioError with all findings."""
        from planner.scenario.reading import read_yaml

        return cls.from_dict(read_yaml(Path(path)))

    @classmethod
    def from_dict(cls, content: Any) -> "Scenario":
        """Check plain content as it came from YAML or JSON. Raises ScenarioError with all findings."""
        from planner.scenario.findings import of_validation

        try:
            return cls.model_validate(content)
        except ValidationError as error:
            raise ScenarioError(of_validation(error, cls)) from None

    def to_yaml(self) -> str:
        """The scenario as YAML. Policies are written in full, also where they keep a default."""
        content = self.model_dump(mode="json", exclude={"policy"}, exclude_defaults=True)
        content = {"name": self.name, **content, "policy": self.policy.model_dump(mode="json")}
        return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
