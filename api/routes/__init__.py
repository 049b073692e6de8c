"""The routes of the API, one file a subject."""

from fastapi import APIRouter

from api.routes import (
    api_keys,
    basin_files,
    basin_roles,
    basin_scenarios,
    basin_versions,
    basins,
    comments,
    one_time_links,
    organisations,
    provider_sign_in,
    run_events,
    runs,
    scenarios,
    session,
    share_links,
    stakeholders,
    stances,
    trail,
    users,
    workers,
)

VERSIONED: tuple[APIRouter, ...] = (
    api_keys.router,
    basin_files.router,
    basin_roles.router,
    basin_scenarios.router,
    basin_versions.router,
    basins.router,
    comments.router,
    one_time_links.router,
    organisations.router,
    provider_sign_in.router,
    run_events.router,
    runs.router,
    scenarios.router,
    session.router,
    share_links.router,
    stakeholders.router,
    stances.router,
    trail.router,
    users.router,
    workers.router,
)
