"""Texts of answers that are told in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final

from pydantic import PlainSerializer

from api.http.languages import reader_language
from planner.sentences import in_language, place_told

_SENTENCES: Final = ("message", "remedy", "allowed")


def said(text: str) -> str:
    """A sentence in the reader's language; in English as it stands."""
    return in_language(text, reader_language())


def said_of(finding: Mapping[str, Any]) -> dict[str, Any]:
    """A finding or a fault whose sentences are in the reader's language."""
    told = {key: said(finding[key]) for key in _SENTENCES if isinstance(finding.get(key), str)}
    return {**finding, **told}


def all_said(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each finding with its sentences in the reader's language."""
    return [said_of(finding) for finding in findings]


def place_said(place: str) -> str:
    """A place of the audit, its kinds in the reader's language."""
    return place_told(place, reader_language())


PlaceSaid = Annotated[str, PlainSerializer(place_said, return_type=str, when_used="json")]
Said = Annotated[str, PlainSerializer(said, return_type=str, when_used="json")]
SaidFinding = Annotated[dict[str, Any], PlainSerializer(said_of, return_type=dict[str, Any], when_used="json")]
