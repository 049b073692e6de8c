"""What Prometheus asks for at `/metrics`: requests by route, method and status, and how long they took."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Histogram, generate_latest
from starlette.types import Scope

router = APIRouter(include_in_schema=False)

REQUESTS = Counter("http_requests_total", "Requests by route, method and class of status.", ("method", "route", "status"))
SECONDS = Histogram(
    "http_request_duration_seconds",
    "Seconds from a request to the end of its answer.",
    ("method", "route"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
)
_NO_ROUTE = "(none)"


def note(scope: Scope, status: int, seconds: float) -> None:
    """Count a request that was answered. Its route is the template that matched it, so that there are few of them."""
    path = getattr(scope.get("route"), "path_format", _NO_ROUTE)
    REQUESTS.labels(scope["method"], path, f"{status // 100}xx").inc()
    SECONDS.labels(scope["method"], path).observe(seconds)


@router.get("/metrics")
def metrics() -> Response:
    """The measures of this process."""
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)
