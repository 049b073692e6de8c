"""The routes of the API, one file a subject."""

from fastapi import APIRouter

from api.routes import cases, catalogue, organisations, schemas

VERSIONED: tuple[APIRouter, ...] = (
    cases.router,
    catalogue.router,
    organisations.router,
    schemas.router,
)
