"""Keeps forms that wait: to be mended, or to go on where Discord shows them in parts, or because they came too late."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from cachetools import TTLCache

from bot.model.drafts import Drafts
from bot.model.people import Account
from bot.record import record
from bot.talk.form import Dialog, Values
from bot.talk.view import Press

KEPT = timedelta(days=1)
"""How long a form waits: its button stays in the conversation."""

READY = timedelta(minutes=15)
"""How long a form that is made already is at hand, so that opening it asks nobody. By then the message with its button
is old; it is made anew if somebody comes later."""

MOST_READY = 1_000

PATH = "draft"
"""The path of a press that opens a form which waits; its arguments are the form's token and page, and the server under
which it is kept where that is another one than the press is about."""


@record
class Draft:
    """What was typed so far into the form of the command *path*, by field name, hidden fields included. *pages* is how
    many modals the form takes."""

    path: str
    values: Values
    pages: int = 1

    def with_more(self, values: Mapping[str, str | tuple[str, ...]]) -> "Draft":
        return Draft(self.path, {**self.values, **values}, self.pages)


@record
class Kept:
    """A form that was found again. *page* is the one that comes next, from 0."""

    draft: Draft
    page: int


class Waiting:
    """Drafts outlive a restart. Beside them, forms that are made already are at hand for a while: Discord takes a form
    as the first answer alone, and with a slow database it would never be that."""

    def __init__(self, drafts: Drafts, clock: Callable[[], datetime]) -> None:
        self._drafts = drafts
        self._clock = clock
        self._ready: TTLCache[tuple[Account, Press], Dialog] = TTLCache(
            MOST_READY, READY.total_seconds(), lambda: clock().timestamp()
        )

    async def keep(self, account: Account, draft: Draft, page: int = 0) -> Press:
        """Keep *draft* and return the press that opens it at *page*."""
        text = json.dumps({"path": draft.path, "values": draft.values, "pages": draft.pages})
        token = await self._drafts.keep(account, text, self._clock() + KEPT)
        return Press(PATH, (token, str(page)))

    async def find(self, account: Account, press: Press) -> Kept | None:
        """Return the draft that *press* is about; `None` when it is gone, or another's."""
        token, page, home = (*press.args, "", "", "")[:3]
        owner = Account(account.platform, home or account.workspace, account.user)
        text = await self._drafts.find(owner, token, self._clock())
        return None if text is None else Kept(_draft(text), int(page) if page.isdecimal() else 0)

    def lay_ready(self, account: Account, press: Press, dialog: Dialog) -> None:
        """Have *dialog* at hand for when *account* presses *press*."""
        self._ready[account, press] = dialog

    def ready(self, account: Account, press: Press) -> Dialog | None:
        return self._ready.get((account, press))


def _draft(text: str) -> Draft:
    kept = json.loads(text)
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in kept["values"].items()}
    return Draft(kept["path"], values, kept["pages"])
