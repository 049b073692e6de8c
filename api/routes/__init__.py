"""The routes of the API, one file a subject."""

from fastapi import APIRouter

from api.routes import (
    basin_files,
    basin_scenarios,
    basin_versions,
    basins,
    comments,
    organisations,
    scenarios,
    stakeholders,
    stances,
)

VERSIONED: tuple[APIRouter, ...] = (
    basin_files.router,
    basin_scenarios.router,
    basin_versions.router,
    basins.router,
    comments.router,
    organisations.router,
    scenarios.router,
    stakeholders.router,
    stances.router,
)
