"""ETags: what was read is not sent again, what changed meanwhile is not overwritten."""

import hashlib
import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.errors import ChangedMeanwhile, PreconditionMissing
from api.http.languages import reader_language
from planner.translations import ENGLISH

# What never changes need not be asked for again within an hour; what a browser keeps for one reader is no other's.
NEVER_CHANGES = "private, max-age=3600, immutable"
VARIES = "Accept, Accept-Language, Authorization, Cookie"
_IN: Final = "~"


class NotModified(Exception):  # noqa: N818 (an answer, not a mistake)
    """The reader has it already."""

    def __init__(self, etag: str, cache: str) -> None:
        self.etag, self.cache = etag, cache


def etag_of(*parts: object) -> str:
    """A weak ETag of what identifies a state: weak, as answers are compressed and formatted in several ways."""
    return f'W/"{"-".join(str(part) for part in parts)}"'


def demand_unknown(etag: str, request: Request, *, cache: str = "private, no-cache") -> None:
    """Raises NotModified where If-None-Match names the ETag: the reader has it."""
    if _names(request.headers.get("if-none-match"), etag):
        raise NotModified(etag, cache)


def in_reader_language(etag: str) -> str:
    """The ETag of what is told in the reader's language: in each one an answer is another. English is not named."""
    code = reader_language()
    return etag if code == ENGLISH else f'{etag.removesuffix(chr(34))}{_IN}{code}"'


def hash_of(part: object) -> str:
    """A part of an ETag for what may be long, or hold any character."""
    return hashlib.sha256(repr(part).encode()).hexdigest()[:16]


def answer_with(etag: str, request: Request, response: Response, *, cache: str = "private, no-cache") -> None:
    """Send the ETag; raises NotModified where If-None-Match names it."""
    etag = in_reader_language(etag)
    demand_unknown(etag, request, cache=cache)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = cache
    response.headers["Vary"] = VARIES


def demand_match(etag: str, request: Request) -> None:
    """Raises PreconditionMissing without If-Match, ChangedMeanwhile where it names another state."""
    given = request.headers.get("if-match")
    if given is None:
        raise PreconditionMissing(f"Changing this takes If-Match with its ETag, now {etag}.")
    if not _names(_without_language(given), etag):
        raise ChangedMeanwhile(f"If-Match is {given[:100]}; the ETag is now {etag}.", headers={"ETag": etag})


def _names(header: str | None, etag: str) -> bool:
    if header is None:
        return False
    bare = etag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") in (bare, "*") for one in header.split(","))


def _without_language(header: str) -> str:
    """ETags that were read in any language, as they are in English: what is changed is the same in all of them."""
    return re.sub(rf'{_IN}[a-z]+(?=")', "", header)
