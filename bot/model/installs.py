"""Says what has to be remembered about the workspaces that have the bot, and about ways to reach people there."""

from dataclasses import field
from datetime import datetime
from typing import Protocol

from bot.model.people import Account
from bot.record import record


@record
class Install:
    """The bot in one workspace, or in a whole organisation when *workspace* is empty.

    *secrets* are the platform's tokens as the adapter writes them; they are encrypted at rest. *renew_at* is when they
    have to be exchanged for new ones, `None` for tokens that last.
    """

    platform: str
    organisation: str
    workspace: str
    name: str
    secrets: str = field(repr=False)
    renew_at: datetime | None = None


class Installs(Protocol):
    """The workspaces that have the bot. Every call is its own transaction."""

    async def keep(self, install: Install) -> None:
        """Remember *install*, in place of an earlier one of the same workspace or organisation."""

    async def find(self, platform: str, organisation: str, workspace: str) -> Install | None:
        """Return the workspace's own install, else that of its organisation. An empty *organisation* is looked up from
        what `belongs` noted."""

    async def belongs(self, platform: str, organisation: str, workspace: str) -> None:
        """Note that *workspace* is one of *organisation*, so that it is found by its own id alone."""

    async def drop(self, platform: str, organisation: str, workspace: str) -> tuple[str, ...]:
        """Forget that very install with its tokens. Returns the workspaces that have none any more."""

    async def all(self, platform: str) -> tuple[Install, ...]: ...

    async def claim_renewal(self, install: Install, now: datetime, until: datetime) -> bool:
        """Let one process exchange the tokens of *install*: true for the first that asks, until *until* or `keep`."""

    async def add_state(self, state: str, ends_at: datetime) -> None:
        """Remember that somebody set out to install the bot with *state*, which comes back with them."""

    async def take_state(self, state: str, now: datetime) -> bool:
        """Tell whether *state* is one of ours and has not run out, once: it is forgotten by this."""


class Lines(Protocol):
    """The conversation in which the bot writes to somebody directly, where a platform gives it an id of its own."""

    async def find(self, account: Account) -> str | None: ...

    async def keep(self, account: Account, line: str) -> None: ...

    async def places(self, platform: str, user: str) -> tuple[str, ...]:
        """Return the workspaces that have the bot and in which *user* has used it, the one they came to last first.

        By the last use would guess better. But to note it, the bot would write at every read of every member and keep
        who was where when, and whoever has several is asked which one they mean.
        """
