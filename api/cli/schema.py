"""`rivershare schema`: the forms of a basin, a scenario and a policy as JSON Schema, and what languages still lack."""

from typing import Annotated, Literal

import typer

from api.cli.answer import CliError, answering
from planner.translations.languages import LANGUAGES
from planner.translations.languages import language as texts_of

LanguageOption = Annotated[str, typer.Option(help=f"Language of titles and help: {', '.join(LANGUAGES)}.")]


def schema(
    what: Annotated[Literal["basin", "scenario", "policy"] | None, typer.Argument(help="Left out: all.")] = None,
    language: LanguageOption = "en",
    untranslated: Annotated[
        bool, typer.Option(help="Instead: the English texts, by key, that the language does not have yet.")
    ] = False,
) -> None:
    """Print the JSON Schema of basins, scenarios and policies."""
    with answering(True) as answer:
        if language not in LANGUAGES:
            raise CliError(f"There are no texts in {language}. The languages are {', '.join(LANGUAGES)}.")
        answer.document(_untranslated(language) if untranslated else _schemas(what, language))


def _schemas(what: Literal["basin", "scenario", "policy"] | None, code: str) -> object:
    from api.services import forms
    from planner.translations import translated

    chosen = {name: translated(forms.schema(name), name, texts_of(code)) for name in forms.FORMS if what in (None, name)}
    return chosen[what] if what else chosen


def _untranslated(code: str) -> dict[str, str]:
    from api.services import forms
    from planner.translations import untranslated

    return untranslated(forms.texts(), texts_of(code))
