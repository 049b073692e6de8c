"""`/v1/catalogue`: what technologies cost, how long they last and what they remove, with sources."""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeAlias

import pandas as pd
from fastapi import Query, Response
from pydantic import BaseModel, Field
from starlette.requests import Request

from api.http.documented import problems
from api.http.files import documented_formats, send_file, wanted_format
from api.http.pages import Page, PageRequest, part_of
from api.http.preconditions import etag_of
from api.http.subject import SubjectRouter
from api.schemas.catalogue import CitationAnswer, LogRemovalAnswer, TechnologyAnswer
from api.services import catalogue
from api.services.catalogue import Part

router = SubjectRouter(prefix="/catalogue", tags=["Catalogue, cases, schemas"])
RESPONSES = {**problems(), **documented_formats("csv")}
Items: TypeAlias = Callable[[pd.DataFrame], list[dict[str, Any]]]
Filter = Annotated[str | None, Field(max_length=100)]


class CatalogueQuery(PageRequest):
    """Which part of a table is wanted, and how."""

    format: Literal["json", "csv"] | None = Field(
        default=None, description="Left out: as Accept asks, else JSON. CSV is the whole table, in no pages."
    )


class TechnologyQuery(CatalogueQuery):
    """Which technologies are wanted."""

    category: Filter = Field(default=None, examples=["points"])
    technology: Filter = Field(default=None, examples=["handpump_point"])


@router.get("/technologies", response_model=Page[TechnologyAnswer], responses=RESPONSES)
def list_technologies(request: Request, wanted: Annotated[TechnologyQuery, Query()]) -> Response:
    """Technologies with their figures: value, low, high, unit, year, source, and whether it was assumed.

    CSV has one line for each figure. Anybody may read the catalogue.
    """
    found = catalogue.figures(wanted.category, wanted.technology)
    return _answer(request, wanted, "technologies", found, catalogue.by_technology, TechnologyAnswer)


@router.get("/citations", response_model=Page[CitationAnswer], responses=RESPONSES)
def list_citations(request: Request, wanted: Annotated[CatalogueQuery, Query()]) -> Response:
    """The sources that the catalogue names."""
    return _answer(request, wanted, "citations", catalogue.frame("citations"), catalogue.rows, CitationAnswer)


@router.get("/log-removals", response_model=Page[LogRemovalAnswer], responses=RESPONSES)
def list_log_removals(request: Request, wanted: Annotated[CatalogueQuery, Query()]) -> Response:
    """How much of each kind of pathogens single treatment steps remove, low and high, in powers of ten."""
    return _answer(request, wanted, "log-removals", catalogue.frame("log-removals"), catalogue.rows, LogRemovalAnswer)


def _answer(
    request: Request, wanted: CatalogueQuery, part: Part, table: pd.DataFrame, items: Items, answer: type[BaseModel]
) -> Response:
    form = wanted_format(wanted.format, request, ("json", "csv"))

    def make() -> bytes:
        if form == "csv":
            return catalogue.csv(table)
        shown, cursor = part_of(items(table), wanted)
        page = Page[Any](items=[answer.model_validate(item) for item in shown], next_cursor=cursor)
        return page.model_dump_json().encode()

    return send_file(request, etag_of(catalogue.digest(part), form), form, make, cache="public, no-cache")
