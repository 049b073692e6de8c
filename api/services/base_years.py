"""The year of the prices of a run's money."""

from sqlalchemy.orm import Session

from api.persistence.models import Run
from api.persistence.repositories import basins


def base_year(session: Session, run: Run) -> int | None:
    """The base year of the basin as the run's scenario leaves it; None where the basin's version is gone.

    The last change of the settings that names a year counts.
    """
    version = basins.version(session, run.basin_id, run.basin_version)
    if version is None:
        return None
    years = [change["settings"]["base_year"] for change in run.scenario["changes"] if "base_year" in change.get("settings", {})]
    return int([version.settings["base_year"], *years][-1])
