"""`/v1/schemas`: what basins, scenarios, policies, preferences and limits of runs look like, for forms and programs."""

from typing import Annotated, Any

from fastapi import Path, Response
from starlette.requests import Request

from api.http.documented import problems
from api.http.files import send_file
from api.http.languages import LanguageQuery, say_language, wanted_language
from api.http.preconditions import etag_of
from api.http.subject import SubjectRouter
from api.services import forms
from api.services.forms import Form

router = SubjectRouter(prefix="/schemas", tags=["Catalogue, cases, schemas"])


@router.get("/{form}", response_model=dict[str, Any], responses=problems())
def read_schema(
    form: Annotated[Form, Path(description="What is to be filled in.")], request: Request, language: LanguageQuery = None
) -> Response:
    """JSON Schema (draft 2020-12) with titles, units (`x-unit`), help, and what names refer to (`x-refers-to`).

    Titles and help are in the language that is wanted, in English where it has none; so is `x-unit-title`, the unit in
    words. `x-translation` says `unreviewed` where nobody who speaks the language has read the texts yet.
    """
    chosen = wanted_language(language, request)
    document = forms.document(form, chosen.code)
    response = send_file(request, etag_of(document.digest), "json", lambda: document.data, cache="public, no-cache")
    say_language(response, chosen)
    return response
