"""`/v1/cases`: bundled basins to start from."""

from fastapi import Response
from starlette.requests import Request

from api.errors import NotFound
from api.http.documented import problems
from api.http.files import documented_formats, send_file
from api.http.preconditions import answer_with, etag_of
from api.http.subject import SubjectRouter
from api.schemas.cases import CaseAnswer, CaseScenarioAnswer, ReliefAnswer, WholeCaseAnswer
from api.services import cases

router = SubjectRouter(prefix="/cases", tags=["Catalogue, cases, schemas"])


@router.get("", responses=problems())
def list_cases(request: Request, response: Response) -> list[CaseAnswer]:
    """All bundled cases. Anybody may read them."""
    answer_with(etag_of("cases", cases.state()), request, response, cache="public, no-cache")
    return [
        CaseAnswer(
            name=case.name,
            title=case.title,
            licence=case.licence,
            villages=case.villages,
            scenarios=list(case.scenarios),
            relief=None if case.relief is None else ReliefAnswer.model_validate(case.relief),
        )
        for case in cases.cases()
    ]


@router.get("/{name}", responses=problems(NotFound))
def read_case(name: str, request: Request, response: Response) -> WholeCaseAnswer:
    """A case: what it is, its licence, the rows of its tables, its scenarios."""
    case = cases.find(name)
    answer_with(etag_of("case", name, cases.state()), request, response, cache="public, no-cache")
    return WholeCaseAnswer(
        name=case.name,
        title=case.title,
        description=case.description,
        licence=case.licence,
        villages=case.villages,
        counts=cases.counts(name),
        scenarios=[
            CaseScenarioAnswer(
                name=scenario.name,
                title=scenario.label,
                description=scenario.description,
                content=scenario.model_dump(mode="json"),
            )
            for scenario in cases.scenarios(name)
        ],
    )


@router.get("/{name}/relief", responses={**documented_formats("png"), **problems(NotFound)}, response_class=Response)
def read_relief(name: str, request: Request) -> Response:
    """The ground of a case as a shaded picture for under a map."""
    relief = cases.find(name).relief
    if relief is None:
        raise NotFound(f"There is no picture of the ground of {name}.")
    return send_file(
        request, etag_of("relief", name, cases.state()), "png", relief.picture.read_bytes, cache="public, max-age=86400"
    )
