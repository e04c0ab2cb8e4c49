"""Says what has to be remembered of forms that wait: to be mended, or to go on where a platform shows them in parts."""

from datetime import datetime
from typing import Protocol

from bot.model.people import Account


class Drafts(Protocol):
    """Forms as the adapter writes them, with all that was typed. Every call is its own transaction."""

    async def keep(self, account: Account, text: str, ends_at: datetime) -> str:
        """Keep *text* until *ends_at* and return its token: at most 22 characters that may stand in an address, by
        which nobody but *account* finds it. Of somebody who has no seat nothing is kept."""

    async def find(self, account: Account, token: str, now: datetime) -> str | None:
        """Return what was kept, as often as it is asked for; `None` when it is another's, has run out, or is gone."""

    async def drop(self, token: str) -> None: ...
