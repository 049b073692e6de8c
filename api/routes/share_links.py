"""`/v1/basins/{basin_id}/share-links`: links by which anyone may read a basin, or one plan of it."""

from fastapi import Response

from api.http.documented import ONE, WRITES, problems
from api.http.kept_answers import SECRET_ANSWER
from api.http.pages import Page, PageQuery, page_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import ShareLink
from api.persistence.repositories import basin_roles as rows
from api.schemas.sharing import NewShareLink, NewShareLinkAnswer, ShareLinkAnswer
from api.services import share_links
from api.work import CurrentWork

router = SubjectRouter(prefix="/basins/{basin_id}/share-links", tags=["Sharing"], route_class=TransactionRoute)


@router.get("", responses=problems(*ONE))
@quick
def list_share_links(work: CurrentWork, basin_id: str, wanted: PageQuery) -> Page[ShareLinkAnswer]:
    """The share links of a basin, the newest first, also those that have ended. Takes an owner."""
    basin = work.basin(basin_id, "owner")
    found, cursor = page_of(work.session, rows.share_links(basin.id), ShareLink.id, wanted)
    return Page(items=[ShareLinkAnswer.model_validate(row) for row in found], next_cursor=cursor)


@router.post("", status_code=201, responses=problems(*ONE, *WRITES))
def make_share_link(work: CurrentWork, basin_id: str, body: NewShareLink, response: Response) -> NewShareLinkAnswer:
    """Make a link that lets anyone who has it read, and nothing else. Takes an owner.

    It ends when it expires or is revoked, and while the account of who made it is not active.
    """
    basin = work.basin(basin_id, "owner", "write")
    made, token = share_links.make(
        work.session, basin, work.user_id, name=body.name, plan_id=body.plan_id, expires_at=body.expires_at
    )
    response.headers.update(SECRET_ANSWER)
    return NewShareLinkAnswer(**ShareLinkAnswer.model_validate(made).model_dump(), token=token)


@router.delete("/{link_id}", status_code=204, responses=problems(*ONE, *WRITES))
def revoke_share_link(work: CurrentWork, basin_id: str, link_id: str) -> None:
    """End a share link at once. Takes an owner."""
    share_links.revoke(work.session, work.basin(basin_id, "owner", "write"), link_id)
