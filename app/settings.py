"""Reads the settings: environment variables, and a `.env` file beside where Askwell is started."""

import os
from contextlib import suppress
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})

WANTED = {
    "int_parsing": "it takes a whole number",
    "bool_parsing": "it takes true or false",
    "greater_than_equal": "it takes {ge} or more",
    "less_than_equal": "it takes {le} or less",
}
"""What a setting takes, in our words, for each way of pydantic's to say that it was given something else."""


class NotReady(Exception):
    """Askwell cannot start like this. The message is a plain sentence that says what to change."""


class Settings(BaseSettings):
    """What can be set from outside; `.env.example` says it in the same order."""

    # utf-8-sig: Notepad may put a mark before the first name, which would hide that setting.
    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8-sig", extra="ignore", env_ignore_empty=True
    )

    database_url: SecretStr | None = Field(default=None, validation_alias="ASKWELL_DATABASE_URL")
    key: SecretStr | None = Field(default=None, validation_alias="ASKWELL_KEY")
    data_dir: Path = Field(default=Path(".askwell"), validation_alias="ASKWELL_DATA_DIR")
    host: str = Field(default="127.0.0.1", validation_alias="ASKWELL_HOST")
    password: SecretStr | None = Field(default=None, validation_alias="ASKWELL_PASSWORD")
    port: int = Field(default=8080, ge=0, le=65535, validation_alias="PORT")
    slack_bot_token: SecretStr | None = Field(default=None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(default=None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(default=None, validation_alias="SLACK_SIGNING_SECRET")
    slack_client_id: str = Field(default="", validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(default=None, validation_alias="SLACK_CLIENT_SECRET")
    slack_api_url: str = Field(default="https://slack.com/api/", validation_alias="SLACK_API_URL")
    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    discord_sharded: bool = Field(default=False, validation_alias="DISCORD_SHARDED")
    discord_new_dms_per_minute: int = Field(default=5, ge=1, validation_alias="DISCORD_NEW_DMS_PER_MINUTE")

    @field_validator("slack_bot_token", "slack_app_token", "slack_signing_secret", "discord_token")
    @classmethod
    def _in_one_piece(cls, secret: SecretStr | None) -> SecretStr | None:
        """A line break in a token cannot be sent, and the error would show it."""
        pieces = secret.get_secret_value().split() if secret else []
        if len(pieces) > 1:
            raise PydanticCustomError("in_pieces", "it has a space or a line break in it, copy it once more")
        return SecretStr(pieces[0]) if pieces else None

    @property
    def url(self) -> str:
        """The database's address; a SQLite file in the data folder when none is set."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir.absolute() / 'askwell.db'}"

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def has_slack(self) -> bool:
        """Whether anything of Slack is set."""
        secrets = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret, self.slack_client_secret)
        return any(secrets) or bool(self.slack_client_id)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the playground."""
        return self.host in LOCAL


def load() -> Settings:
    """Return the settings. Raises `NotReady` naming the first one that is not right, without its value."""
    try:
        return Settings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        wanted = WANTED.get(first["type"], first["msg"].lower())
        raise NotReady(f"The setting {name} is not right: {wanted.format(**first.get('ctx', {}))}.") from None
    except UnicodeDecodeError:
        raise NotReady("The file .env is not plain text in UTF-8. Save it once more as UTF-8.") from None
    except OSError as error:
        raise NotReady(f"The file .env cannot be read: {error.strerror}.") from None


def keys(settings: Settings) -> tuple[str, ...]:
    """Return the encryption keys, the newest first; for SQLite one is made on the first run, in the data folder.

    Raises `NotReady` when a PostgreSQL database is set without a key: a key made here would be lost with this machine.
    """
    if settings.key is not None:
        return tuple(part.strip() for part in settings.key.get_secret_value().split(",") if part.strip())
    if not settings.is_sqlite:
        raise NotReady("ASKWELL_KEY is needed with ASKWELL_DATABASE_URL. Make one with: askwell key")
    return (_kept_key(settings.data_dir / "key"),)


def _kept_key(path: Path) -> str:
    try:
        if not path.exists():
            _make_key(path)
        return path.read_text("ascii").strip()
    except OSError as error:
        raise NotReady(
            f"The folder {path.parent} cannot be used: {error.strerror}. Set ASKWELL_DATA_DIR to another one."
        ) from None


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(new_key(), "ascii")
    with suppress(FileExistsError):  # of two first runs at once, one makes the key and the other reads it
        os.link(fresh, path)
    fresh.unlink()


def new_key() -> str:
    """Return a fresh key for ASKWELL_KEY."""
    from cryptography.fernet import Fernet  # only here: the command line starts without it

    return Fernet.generate_key().decode("ascii")
