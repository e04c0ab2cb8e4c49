"""Opens a transaction for one group, with the repositories that work inside it."""

from types import TracebackType

from bot.model.people import GroupId
from storage.asks import Asks
from storage.contacts import Contacts
from storage.exports import Exports
from storage.groups import Groups
from storage.interviews import Interviews
from storage.link import Linking, Scope
from storage.members import Members
from storage.nudge_log import NudgeLog
from storage.outbox import Outbox
from storage.questions import Questions
from storage.replies import Replies
from storage.secrets import Vault
from storage.steps import Steps


class Unit:
    """Fulfils `bot.model.store.Unit`."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @property
    def groups(self) -> Groups:
        return Groups(self._scope)

    @property
    def members(self) -> Members:
        return Members(self._scope)

    @property
    def contacts(self) -> Contacts:
        return Contacts(self._scope)

    @property
    def asks(self) -> Asks:
        return Asks(self._scope)

    @property
    def interviews(self) -> Interviews:
        return Interviews(self._scope)

    @property
    def steps(self) -> Steps:
        return Steps(self._scope)

    @property
    def questions(self) -> Questions:
        return Questions(self._scope)

    @property
    def outbox(self) -> Outbox:
        return Outbox(self._scope)

    @property
    def nudge_log(self) -> NudgeLog:
        return NudgeLog(self._scope)

    @property
    def replies(self) -> Replies:
        return Replies(self._scope)

    @property
    def exports(self) -> Exports:
        return Exports(self._scope)


class Opening:
    """A unit about to begin: its transaction lasts as long as the block."""

    __slots__ = ("_group", "_linking", "_vault")

    def __init__(self, linking: Linking, group: GroupId, vault: Vault) -> None:
        self._linking = linking
        self._group = group
        self._vault = vault

    async def __aenter__(self) -> Unit:
        return Unit(Scope(await self._linking.__aenter__(), self._group, self._vault))

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._linking.__aexit__(kind, error, trace)
