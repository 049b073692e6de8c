"""The service as an application: routes, limits, problems, documentation."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette_compress import CompressMiddleware

from api.http.documented import DocumentedApi
from api.http.languages import LanguagesMiddleware
from api.http.limits import LimitsMiddleware
from api.http.measures import router as measures
from api.http.problems import handle_problems
from api.http.rate_limits import RateLimitsMiddleware
from api.http.remembered_answers import RememberedAnswersMiddleware
from api.http.requests import RequestsMiddleware
from api.http.subject import named
from api.http.turns import Turns
from api.jobs.reaper import Reaper
from api.pages import page, pages
from api.persistence.content import ContentStore
from api.persistence.database import Database
from api.routes import VERSIONED, health
from api.settings import Settings
from api.work import Service

ABOUT = """Plans how a river basin shares its water and its money: basins with versions, scenarios, runs, audited plans and
their comparison.

- **Signing in**: tools send `Authorization: Bearer rsk_…` (an API key); the page has a session cookie and sends `X-CSRF-Token`.
- **Problems** are documents of RFC 9457: `type`, `title`, `detail`, `remedy`, `errors` with a pointer to each fault, `findings`.
- **Lists** come in pages: send `next_cursor` as `cursor`.
- **Changes** take `If-Match` with the ETag that was read. **POST** takes an `Idempotency-Key`, and is then done once;
  an answer with a secret (`Cache-Control: no-store`) is not kept, so that such a POST is done each time.
- **Limits**: 429 tells by `Retry-After` and `RateLimit` when to try again.
- **Times** are RFC 3339 in UTC.
"""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application. Its database must be at the newest revision (`api.persistence.migration.migrate`)."""
    settings = settings or Settings()
    service = Service(settings, Database(settings.database), ContentStore(settings.store))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        reaper = Reaper(service.database, settings)
        reaper.start()
        yield
        await run_in_threadpool(reaper.stop)
        service.database.close()

    app = DocumentedApi(
        title="Rivershare",
        version=version("rivershare"),
        description=ABOUT,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        generate_unique_id_function=named,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    app.state.service = service
    app.state.turns = Turns(service.database)
    handle_problems(app)
    for router in VERSIONED:
        app.router.routes.extend(router.routes)
    app.include_router(health.router)
    app.include_router(pages)
    app.include_router(page)
    app.include_router(measures)
    app.add_middleware(CompressMiddleware, zstd=False)
    app.add_middleware(LimitsMiddleware, settings=settings)
    app.add_middleware(RememberedAnswersMiddleware, database=service.database)
    app.add_middleware(RateLimitsMiddleware, settings=settings)
    app.add_middleware(LanguagesMiddleware)
    app.add_middleware(RequestsMiddleware)
    return app
