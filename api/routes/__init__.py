"""The routes of the API, one file a subject."""

from fastapi import APIRouter

from api.routes import (
    api_keys,
    basin_roles,
    one_time_links,
    organisations,
    provider_sign_in,
    session,
    share_links,
    trail,
    users,
)

VERSIONED: tuple[APIRouter, ...] = (
    api_keys.router,
    basin_roles.router,
    one_time_links.router,
    organisations.router,
    provider_sign_in.router,
    session.router,
    share_links.router,
    trail.router,
    users.router,
)
