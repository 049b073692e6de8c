"""`/v1/basins/{basin_id}/comments` and `/v1/comments`: what people say on places, options, scenarios and plans.

Takes an account with a role in the basin: the holder of a share link sees no persons, and so no comments.
"""

from typing import Annotated

from fastapi import Query, Response
from starlette.requests import Request

from api.errors import Gone
from api.http.documented import EDITS, ONE, WRITES, problems
from api.http.pages import Page, page_of
from api.http.preconditions import answer_with, etag_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import Comment
from api.persistence.repositories import comments as rows
from api.persistence.repositories.stakeholders import Author, authors
from api.schemas.basins import PathId
from api.schemas.comments import CommentAnswer, CommentChange, CommentQuery, NewComment
from api.schemas.stakeholders import AuthorAnswer
from api.services import comments
from api.services.basins import demand_present
from api.work import CurrentWork, Work

router = SubjectRouter(tags=["Stakeholders"], route_class=TransactionRoute)


def _answer(comment: Comment, author: Author) -> CommentAnswer:
    text = None if comment.deleted_at is not None else comment.text
    return CommentAnswer.of(comment, author=AuthorAnswer.model_validate(author), text=text)


def _told(work: Work, comment: Comment, response: Response) -> CommentAnswer:
    response.headers["ETag"] = etag_of(comment.id, comment.revision)
    return _answer(comment, authors(work.session, comment.basin_id, [comment.user_id])[comment.user_id])


@router.get("/basins/{basin_id}/comments", responses=problems(*ONE))
@quick
def list_comments(work: CurrentWork, basin_id: PathId, wanted: Annotated[CommentQuery, Query()]) -> Page[CommentAnswer]:
    """The comments in a basin: all, or those on a plan, scenario or place, of a person, or in a thread."""
    work.identity.require_account()
    basin = work.basin(basin_id, "reader")
    query = rows.of_basin(
        basin.id, plan_id=wanted.plan, scenario_id=wanted.scenario, table=wanted.table, place=wanted.place, user_id=wanted.user
    )
    if wanted.thread is not None:
        query = rows.in_thread(query, wanted.thread)
    found, cursor = page_of(work.session, query, Comment.id, wanted, newest_first=wanted.thread is None)
    people = authors(work.session, basin.id, [comment.user_id for comment in found])
    return Page(items=[_answer(comment, people[comment.user_id]) for comment in found], next_cursor=cursor)


@router.post("/basins/{basin_id}/comments", status_code=201, responses=problems(*ONE, *WRITES))
def make_comment(work: CurrentWork, basin_id: PathId, body: NewComment, response: Response) -> CommentAnswer:
    """Comment on a basin, a place in it, a scenario or a plan, or answer a comment. Takes a stakeholder of the basin."""
    work.identity.require_account("write")
    basin = work.basin(basin_id, "stakeholder", "write")
    demand_present(basin)
    if body.answer_to is not None:
        made = comments.answer(work.session, basin, work.user_id, body.text, body.answer_to)
    else:
        subject = body.model_dump(exclude={"text", "answer_to"})
        made = comments.make(work.session, work.store, basin, work.user_id, body.text, **subject)
    response.headers["Location"] = f"/v1/comments/{made.id}"
    return _told(work, made, response)


@router.get("/comments/{comment_id}", responses=problems(*ONE))
@quick
def read_comment(work: CurrentWork, comment_id: PathId, request: Request, response: Response) -> CommentAnswer:
    """A comment."""
    comment, _ = comments.find(work.session, work.identity, comment_id)
    answer_with(etag_of(comment.id, comment.revision), request, response)
    return _told(work, comment, response)


@router.patch("/comments/{comment_id}", responses=problems(*EDITS, Gone))
def change_comment(work: CurrentWork, comment_id: PathId, body: CommentChange, response: Response) -> CommentAnswer:
    """Give one's own comment another text. Takes If-Match."""
    comment, basin = comments.find(work.session, work.identity, comment_id, "write")
    comments.demand_own(work.session, work.identity, comment, basin)
    demand_present(basin)
    work.demand_match(comment)
    comments.change(comment, body.text)
    return _told(work, comment, response)


@router.delete("/comments/{comment_id}", status_code=204, responses=problems(*EDITS, Gone))
def delete_comment(work: CurrentWork, comment_id: PathId) -> None:
    """Take back one's own comment, or as an owner of the basin anyone's; a stub stays. Takes If-Match."""
    comment, basin = comments.find(work.session, work.identity, comment_id, "write")
    comments.demand_own(work.session, work.identity, comment, basin, or_owner=True)
    work.demand_match(comment)
    comments.delete(comment)
