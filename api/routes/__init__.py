"""The routes of the API, one file a subject."""

from fastapi import APIRouter

from api.routes import organisations

VERSIONED: tuple[APIRouter, ...] = (organisations.router,)
