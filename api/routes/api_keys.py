"""`/v1/api-keys`: keys by which tools act for an account."""

from fastapi import Response

from api.http.documented import ONE, SIGNED_IN, WRITES, problems
from api.http.kept_answers import SECRET_ANSWER
from api.http.pages import Page, PageQuery, page_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import ApiKey
from api.persistence.repositories import people
from api.schemas.people import ApiKeyAnswer, NewApiKey, NewApiKeyAnswer
from api.services import api_keys
from api.work import CurrentWork

router = SubjectRouter(prefix="/api-keys", tags=["Accounts"], route_class=TransactionRoute)


@router.get("", responses=problems(*SIGNED_IN))
@quick
def list_api_keys(work: CurrentWork, wanted: PageQuery) -> Page[ApiKeyAnswer]:
    """One's own keys, the newest first, also those that have ended."""
    found, cursor = page_of(work.session, people.keys_of(work.user_id), ApiKey.id, wanted)
    return Page(items=[ApiKeyAnswer.model_validate(row) for row in found], next_cursor=cursor)


@router.post("", status_code=201, responses=problems(*SIGNED_IN, *WRITES))
def make_api_key(work: CurrentWork, body: NewApiKey, response: Response) -> NewApiKeyAnswer:
    """Make a key. Its secret is in this answer and nowhere else. A key that makes keys needs the scope administer."""
    account = work.identity.require_account("administer")
    made, token = api_keys.make(work.session, account, body.name, body.scopes, body.expires_at)
    response.headers.update(SECRET_ANSWER)
    return NewApiKeyAnswer(**ApiKeyAnswer.model_validate(made).model_dump(), key=token)


@router.delete("/{key_id}", status_code=204, responses=problems(*ONE, *WRITES))
def revoke_api_key(work: CurrentWork, key_id: str) -> None:
    """End one of one's own keys at once."""
    api_keys.revoke(work.session, work.identity.require_account("administer"), key_id)
