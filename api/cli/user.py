"""`rivershare user`: accounts of the service whose data is here, for whoever runs it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.answer import Answer, CliError, answering
from api.cli.arguments import JsonOption
from api.cli.service import service_data

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.persistence.models import OneTimeLink, User
    from api.persistence.models.people import UserState
    from api.schemas.people import NewUser

EmailArgument = Annotated[str, typer.Argument(metavar="EMAIL", help="E-mail address of the account.")]

app = typer.Typer(
    name="user",
    help="Add, list, reset, disable, enable and promote accounts of the service whose data is here.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def add(
    email: EmailArgument,
    name: Annotated[str | None, typer.Option("--name", help="Their name. Left out: the address before the @.")] = None,
    administrator: Annotated[bool, typer.Option("--administrator", help="They administer the service.")] = False,
    organisation: Annotated[
        str | None, typer.Option("--organisation", metavar="NAME", help="Name of the organisation to take them into.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make an account and print a one-time link to set its password."""
    from api.services import accounts
    from api.settings import Settings

    with _working(as_json) as (answer, session):
        checked = _checked(email, name)
        user, link, token = accounts.make(
            session,
            Settings(),
            email=checked.email,
            name=checked.name or "",
            is_administrator=administrator,
            organisation_id=None if organisation is None else _organisation(session, organisation),
        )
        _tell_link(answer, user, link, token)


@app.command("list")
def list_accounts(
    words: Annotated[str | None, typer.Argument(help="Only those with these words in name or address.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the accounts."""
    from rich.table import Table

    from api.persistence.repositories import people

    with _working(as_json) as (answer, session):
        users = session.scalars(people.search(words, None).order_by("email")).all()
        table = Table("e-mail", "name", "state", "administrator", box=None)
        for user in users:
            table.add_row(user.email, user.name, user.state, "yes" if user.is_administrator else "")
        answer.say(table)
        answer.document({"users": [_told(user) for user in users]})


@app.command()
def reset(email: EmailArgument, as_json: JsonOption = False) -> None:
    """End an account's password and sessions, and print a one-time link to set another."""
    from api.services import accounts
    from api.settings import Settings

    with _working(as_json) as (answer, session):
        user = _account(session, email)
        _tell_link(answer, user, *accounts.reset_password(session, Settings(), user))


def _changing(
    name: str, help: str, done: str, *, state: "UserState | None" = None, is_administrator: bool | None = None
) -> Callable[..., None]:
    """A command that changes an account."""

    @app.command(name, help=help)
    def command(email: EmailArgument, as_json: JsonOption = False) -> None:
        from api.services import accounts

        with _working(as_json) as (answer, session):
            user = _account(session, email)
            accounts.change_state(session, user, state=state, is_administrator=is_administrator)
            answer.say(f"{user.email} {done}.")
            answer.document(_told(user))

    return command


disable = _changing("disable", "Take an account's access at once; it can be enabled again.", "is disabled", state="disabled")
enable = _changing("enable", "Give a disabled account its access again.", "is active", state="active")
promote = _changing("promote", "Let an account administer the service.", "administers the service", is_administrator=True)
demote = _changing(
    "demote", "Let an account no longer administer the service.", "no longer administers the service", is_administrator=False
)


@contextmanager
def _working(as_json: bool) -> Iterator[tuple[Answer, "Session"]]:
    """A transaction on the service's database; what is wrong with the request becomes one sentence."""
    from api.errors import ApiProblem
    from api.persistence.migration import current_revision, newest_revision
    from api.persistence.trail import Actor, acting

    with answering(as_json) as answer, service_data() as (database, _):
        with database.engine.connect() as connection:
            if current_revision(connection) != newest_revision():
                raise CliError("The database is not at the newest revision: run `rivershare migrate`.")
        try:
            with database.writing() as session:
                acting(session, Actor(None, "command_line"))
                yield answer, session
        except ApiProblem as problem:
            raise CliError(" ".join(filter(None, (problem.detail, problem.remedy)))) from None


def _checked(email: str, name: str | None) -> "NewUser":
    from pydantic import ValidationError

    from api.schemas.people import NewUser

    try:
        return NewUser(email=email, name=name)
    except ValidationError as error:
        first = error.errors()[0]
        raise CliError(f"{first['loc'][0]}: {first['msg'].removeprefix('Value error, ')}") from None


def _account(session: "Session", email: str) -> "User":
    from api.persistence.repositories import people

    user = people.by_email(session, email.lower())
    if user is None:
        raise CliError(f"There is no account with the address {email}. `rivershare user list` shows all.")
    return user


def _organisation(session: "Session", name: str) -> str:
    from api.persistence.repositories import organisations

    found = organisations.by_name(session, name)
    if found is None:
        raise CliError(f"There is no organisation {name}.")
    return found.id


def _tell_link(answer: Answer, user: "User", link: "OneTimeLink", token: str) -> None:
    from api.services.accounts import address_of_link
    from api.settings import Settings

    url = address_of_link((Settings().public_url or "http://127.0.0.1:8000").rstrip("/"), token)
    answer.say(f"{user.email} sets a password, once, until {link.expires_at:%Y-%m-%d %H:%M} UTC, at {url}")
    answer.document({**_told(user), "one_time_link": url, "expires_at": link.expires_at.isoformat()})


def _told(user: "User") -> dict[str, object]:
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "state": user.state,
        "is_administrator": user.is_administrator,
    }
