"""How a service is set up: every setting is an environment variable `RIVERSHARE_…`, none is needed."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, HttpUrl, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

GIGABYTE = 1_000_000_000
MEGABYTE = 1_000_000


class Settings(BaseSettings):
    """Settings of the service. Without any it keeps a SQLite database and a folder of contents in `home`."""

    model_config = SettingsConfigDict(env_prefix="RIVERSHARE_", frozen=True, extra="ignore")

    home: Path = Field(default=Path("~/.rivershare"), description="Folder of the service's data.")
    database_url: str | None = Field(
        default=None,
        description="SQLAlchemy URL of the database, such as postgresql+psycopg://user:password@host/rivershare. "
        "Left out: a SQLite file in home.",
    )
    store_url: str | None = Field(
        default=None, description="Place of the content store as fsspec names it, such as s3://bucket/path. Left out: home/store."
    )
    public_url: str | None = Field(
        default=None, description="Address under which people reach the service, for links. Left out: as the request says."
    )
    organisation: str = Field(default="Rivershare", description="Title of the first organisation.")
    administrator_email: str = Field(default="admin@localhost", description="Address of the first administrator's account.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="What is logged.")
    json_logs: bool = Field(default=False, description="Logs as JSON lines instead of lines for people.")

    session_hours: Annotated[float, Field(gt=0, le=8760)] = Field(default=12.0, description="How long a sign-in lasts.")
    one_time_link_hours: Annotated[float, Field(gt=0, le=8760)] = Field(
        default=72.0, description="How long a link to set a password can be used."
    )
    failed_logins_at_most: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=10, description="Wrong passwords in a row after which an account is locked for a while."
    )
    lock_out_minutes: Annotated[float, Field(gt=0, le=100_000)] = Field(default=15.0, description="How long it stays locked.")
    requests_per_second: Annotated[int, Field(ge=1, le=1_000_000)] = Field(
        default=400, description="Most requests a second of one account, key or, without either, address."
    )
    logins_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = Field(
        default=20, description="Most attempts to sign in a minute from one address."
    )

    body_bytes_at_most: Annotated[int, Field(ge=1000)] = Field(default=2 * MEGABYTE, description="Largest body of a request.")
    upload_bytes_at_most: Annotated[int, Field(ge=1000)] = Field(default=200 * MEGABYTE, description="Largest basin uploaded.")
    request_seconds: Annotated[float, Field(gt=0)] = Field(default=30.0, description="Longest time for a request.")
    upload_seconds: Annotated[float, Field(gt=0)] = Field(default=300.0, description="Longest time for an upload or export.")

    runs_at_once_per_user: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=4, description="Runs of one user that may be worked at together; more of them wait."
    )
    run_seconds_at_most: Annotated[float, Field(gt=0)] = Field(default=3600.0, description="Longest time limit of a run.")
    run_bytes_at_most: Annotated[int, Field(ge=100_000_000)] = Field(default=8 * GIGABYTE, description="Most memory of a run.")
    heartbeat_seconds: Annotated[float, Field(gt=0)] = Field(default=3.0, description="Time between a worker's signs of life.")
    dead_after_seconds: Annotated[float, Field(gt=0)] = Field(
        default=20.0, description="Silence after which a worker counts as dead and its run is taken over."
    )
    tries_at_most: Annotated[int, Field(ge=1, le=100)] = Field(
        default=3, description="Times a run is begun before it counts as failed."
    )

    oidc_issuer: HttpUrl | None = Field(default=None, description="Address of an OpenID Connect provider to sign in by.")
    oidc_client_id: str | None = Field(default=None, description="Name of this service at the provider.")
    oidc_client_secret: SecretStr | None = Field(default=None, description="Its secret there.")

    @cached_property
    def folder(self) -> Path:
        """The home folder as an absolute path."""
        return self.home.expanduser().absolute()

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the database."""
        return self.database_url or f"sqlite:///{self.folder / 'rivershare.db'}"

    @property
    def store(self) -> str:
        """Place of the content store, as fsspec names it."""
        return self.store_url or f"file://{self.folder / 'store'}"
