"""`rivershare migrate`, `backup`, `restore`, `collect`: what whoever runs a service does now and then."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.answer import CliError, answering
from api.cli.arguments import JsonOption
from api.cli.service import service_data

BackupFile = Annotated[Path, typer.Argument(help="File of the backup (tar).", metavar="FILE")]


def migrate(
    revision: Annotated[str, typer.Argument(help="Revision to bring it to, also an older one; base empties it.")] = "head",
    as_json: JsonOption = False,
) -> None:
    """Bring the service's database to the newest revision. `serve` does so by itself."""
    from api.persistence.migration import migrate as bring
    from api.persistence.migration import revisions

    with answering(as_json) as answer, service_data() as (database, _):
        if revision not in ("head", "base", *revisions()):
            raise CliError(f"There is no revision {revision}. There are {', '.join(revisions())}.")
        bring(database, revision)
        answer.say(f"The database is at {revision}.")
        answer.document({"revision": revision})


def backup(path: BackupFile, as_json: JsonOption = False) -> None:
    """Write everything that the service keeps into one file, while it runs."""
    from api.persistence.backup import BackupError, back_up

    with answering(as_json) as answer, service_data() as (database, store):
        try:
            done = back_up(database, store, path)
        except BackupError as error:
            raise CliError(str(error)) from None
        answer.say(f"Written to {path}: {done.rows:,} rows, {done.contents:,} contents.")
        answer.document({"file": str(path), "rows": done.rows, "contents": done.contents})


def restore(path: BackupFile, as_json: JsonOption = False) -> None:
    """Put a backup into an empty service. Every row and content is compared with its checksum."""
    from api.persistence.backup import BackupError
    from api.persistence.backup import restore as put_back

    with answering(as_json) as answer, service_data() as (database, store):
        try:
            done = put_back(database, store, path)
        except BackupError as error:
            raise CliError(str(error)) from None
        answer.say(f"Restored from {path}, every checksum right: {done.rows:,} rows, {done.contents:,} contents.")
        answer.document({"file": str(path), "rows": done.rows, "contents": done.contents})


def collect(as_json: JsonOption = False) -> None:
    """Remove contents that nothing refers to and nobody put within the last day."""
    from api.persistence.collector import collect as run

    with answering(as_json) as answer, service_data() as (database, store):
        done = run(database, store)
        answer.say(f"Removed {done.removed:,} contents; {done.kept:,} are kept, {done.young:,} of them from the last day.")
        answer.document({"removed": done.removed, "kept": done.kept, "young": done.young})
