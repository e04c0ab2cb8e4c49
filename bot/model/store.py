"""Says what the core needs remembered. `storage/` fulfils it; a unit of work is always opened for one group."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

from bot.model.contact import (
    Ask,
    AskId,
    AskState,
    Budget,
    Consent,
    Contact,
    ContactId,
    Details,
    Listing,
    Reach,
    Sought,
)
from bot.model.interview import Interview, InterviewId, OwnQuestion, OwnQuestionId, Planned, StepMark
from bot.model.journey import State
from bot.model.outbox import Draft, Letter, Post
from bot.model.people import (
    Account,
    Actor,
    Away,
    Group,
    GroupId,
    Inventory,
    Member,
    MemberId,
    Nudges,
    Purpose,
    Seat,
)
from bot.model.question import CategorySlug
from bot.record import record


class Groups(Protocol):
    """The unit's own group."""

    async def get(self) -> Group: ...

    async def change(
        self, *, name: str | None = None, office: str | None = None, says_not_applying: bool | None = None,
        breaks: Sequence[Away] | None = None,
    ) -> None:  # fmt: skip
        """Change what is given, keep the rest."""


class Members(Protocol):
    """The group's members. Lookups by id give `None` for a member of another group."""

    async def get(self, member: MemberId) -> Member | None: ...

    async def lock(self, member: MemberId) -> Member | None:
        """Return the member and keep others from changing them until this unit ends."""

    async def all(self) -> tuple[Member, ...]: ...

    async def names(self, members: Collection[MemberId]) -> Mapping[MemberId, str]:
        """Return the names of those *members* who belong to the group, in one statement."""

    async def account(self, member: MemberId) -> Account | None:
        """Return where the member's direct messages go: the account they used last."""

    async def introduce(
        self, member: MemberId, *, purpose: Purpose | None = None, field: str | None = None, zone: str | None = None,
        has_started: bool | None = None,
    ) -> None:  # fmt: skip
        """Change what is given, keep the rest."""

    async def set_organiser(self, member: MemberId, *, is_organiser: bool) -> bool:
        """Name the member an organiser, or take that back. Tells whether this changed anything. Admins of the workspace
        are organisers whatever is kept here."""

    async def set_nudges(self, member: MemberId, nudges: Nudges) -> None: ...

    async def set_inventory(self, member: MemberId, inventory: Inventory) -> None: ...

    async def forget(self, member: MemberId) -> None:
        """Remove the member and everything that is theirs, as told in docs/privacy.md: accounts, private contacts,
        interviews, plans, marks, asks, letters, kept replies. Shared contacts of theirs are withdrawn and their
        details removed; own questions stay in the bank without an author's name."""


@record
class NewContact:
    """A contact as somebody writes it down; private to *steward* until it is shared."""

    steward: MemberId
    name: str
    does: str
    organisation: str
    field: str
    place: str


class Contacts(Protocol):
    """Contacts of the group. Private ones are only found through their steward."""

    async def add(self, new: NewContact, now: datetime) -> ContactId: ...

    async def get(self, contact: ContactId, viewer: MemberId) -> Contact | None:
        """Return the contact if *viewer* may know of it: their own, or one on the board. Withdrawn ones only to the
        steward."""

    async def lock(self, contact: ContactId, viewer: MemberId) -> Contact | None:
        """Return as `get`, and make every other unit that locks this contact wait until this one ends."""

    async def of(self, steward: MemberId) -> tuple[Contact, ...]:
        """Return all contacts of *steward*, newest first, withdrawn ones included."""

    async def same_name(self, steward: MemberId, name: str) -> Contact | None:
        """Return the contact on the board, or of *steward*, whose name is the same but for case and space."""

    async def search(
        self, words: str, by: Sought, now: datetime, *, before: ContactId | None = None, limit: int = 10
    ) -> tuple[Listing, ...]:
        """Return contacts on the board in which every word of *words* begins a word of what *by* looks at; the newest
        first, those older than *before*. Empty *words* match every contact. Expired consent hides a contact."""

    async def count(self, now: datetime) -> int:
        """Return how many contacts are on the board."""

    async def describe(
        self, contact: ContactId, *, name: str | None = None, does: str | None = None, organisation: str | None = None,
        field: str | None = None, place: str | None = None, tags: Sequence[str] | None = None, link: str | None = None,
        reach: Reach | None = None, hours: str | None = None, known: str | None = None, note: str | None = None,
        budget: Budget | None = None,
    ) -> None:  # fmt: skip
        """Change what is given, keep the rest."""

    async def details(self, contact: ContactId) -> Details:
        """Return how to reach the contact. Whoever shows them to somebody else than the steward also calls `shown`."""

    async def shown(self, contact: ContactId, reader: MemberId, now: datetime) -> None:
        """Note in the access log that *reader* was shown the contact's details."""

    async def set_details(self, contact: ContactId, details: Details) -> None: ...

    async def duplicate(self, details: Details, other_than: ContactId, now: datetime) -> Contact | None:
        """Return a contact on the board with the same e-mail or phone, found by keyed hash; none whose consent has
        expired. Other units that look for the same details, or suppress them, wait until this one ends."""

    async def lock_person(self, contact: ContactId) -> tuple[ContactId, ...]:
        """Lock *contact* and every card on the board of the same person, who is known by e-mail, by phone, or by name
        and organisation, always in the same order; return all of them. Nothing for a contact that is gone."""

    async def is_suppressed(self, details: Details, *, name: str = "", organisation: str = "") -> bool:
        """Tell whether somebody with this e-mail or phone, or of this *name* in this *organisation*, asked not to be
        passed on."""

    async def share(self, contact: ContactId, consent: Consent, now: datetime) -> None:
        """Put the contact on the board. Messages that were sent about withdrawn contacts of the same name count for it:
        the person is the same, and still has the rest."""

    async def withdraw(self, contact: ContactId, now: datetime, *, suppress: bool) -> None:
        """Take the contact off the board, remove its details, and with *suppress* remember by keyed hash that they
        asked to stop."""

    async def remove(self, contact: ContactId) -> None: ...


class Asks(Protocol):
    """Holds and asks."""

    async def hold(self, contact: ContactId, seeker: MemberId, now: datetime, ends_at: datetime) -> AskId: ...

    async def get(self, ask: AskId, seeker: MemberId) -> Ask | None: ...

    async def set_state(self, ask: AskId, state: AskState, now: datetime) -> None: ...

    async def about(self, contact: ContactId, since: datetime) -> tuple[Ask, ...]:
        """Return asks about the contact that were taken after *since*, or are still open, oldest first."""

    async def about_each(self, contacts: Collection[ContactId], since: datetime) -> Mapping[ContactId, tuple[Ask, ...]]:
        """Return for each of *contacts* what `about` returns, in one statement. One without asks may be left out."""

    async def by(self, seeker: MemberId) -> tuple[Ask, ...]: ...


class Interviews(Protocol):
    async def add(
        self, seeker: MemberId, who: str, organisation: str, field: str, goal: str, minutes: int, now: datetime,
        *, contact: ContactId | None = None,
    ) -> InterviewId: ...  # fmt: skip

    async def get(self, interview: InterviewId, seeker: MemberId) -> Interview | None: ...

    async def of(self, seeker: MemberId) -> tuple[Interview, ...]:
        """Return the seeker's interviews, the newest first."""

    async def change(
        self, interview: InterviewId, *, who: str | None = None, organisation: str | None = None,
        field: str | None = None, goal: str | None = None, minutes: int | None = None, relates: str | None = None,
        booked_at: datetime | None = None,
    ) -> None: ...  # fmt: skip

    async def move(self, interview: InterviewId, state: State, now: datetime) -> None: ...

    async def remove(self, interview: InterviewId) -> None: ...

    async def plan(self, interview: InterviewId) -> tuple[Planned, ...]: ...

    async def set_plan(self, interview: InterviewId, plan: Sequence[Planned]) -> None: ...


class Steps(Protocol):
    async def mark(self, member: MemberId, mark: StepMark) -> None:
        """Keep *mark*, in place of an earlier one for the same step of the same interview."""

    async def of(self, member: MemberId) -> tuple[StepMark, ...]: ...


class Questions(Protocol):
    """The group's own questions."""

    async def add(self, author: MemberId, text: str, category: CategorySlug, now: datetime) -> OwnQuestionId: ...

    async def all(self) -> tuple[OwnQuestion, ...]: ...

    async def remove(self, question: OwnQuestionId, author: MemberId) -> bool: ...


class Outbox(Protocol):
    async def put(self, draft: Draft) -> None:
        """Write *draft* down; one whose key is there already changes nothing."""

    async def move(self, key: str, due_at: datetime) -> bool:
        """Give the live letter *key* a new time. Tells whether there was one."""

    async def cancel(self, key: str) -> None:
        """Take back the letter *key* if it was not sent yet."""

    async def live(self, member: MemberId) -> tuple[Draft, ...]:
        """Return what waits to be sent to *member*, the next first."""

    async def posts(self, kind: str, about: str) -> tuple[Post, ...]: ...

    async def finish(self, letter: Letter, message: str | None, now: datetime) -> bool:
        """Mark *letter* done. *message* is the platform's id of what was sent, if anything was; one in a channel is
        remembered as a `Post`. Tells whether the letter was still live."""

    async def retry(self, letter: Letter, when: datetime, why: str, *, is_in_doubt: bool = False) -> None:
        """Make *letter* due again at *when*. *why* is for organisers: no names, no words of the message. *is_in_doubt*
        when this try may have been accepted: every later claim of the letter says so."""

    async def bury(self, letter: Letter, why: str, now: datetime) -> bool:
        """Give *letter* up; organisers can see that. Tells whether it was still its claimer's to give up."""

    async def dead(self, limit: int = 20) -> tuple[Letter, ...]:
        """Return letters of the group that were given up, the newest first."""


class NudgeLog(Protocol):
    """Which kinds of nudge reached a member, and whether they did something about it."""

    async def sent(self, member: MemberId, kinds: Sequence[str], now: datetime) -> None: ...

    async def answered(self, member: MemberId, kind: str, now: datetime) -> None:
        """Note that the member acted on every nudge of *kind* so far."""

    async def ignored(self, member: MemberId, kind: str) -> int:
        """Return how many nudges of *kind* in a row went by since the member last acted on one."""

    async def last_sent(self, member: MemberId) -> datetime | None: ...


class Replies(Protocol):
    """Answers to interactions that changed something, so that one delivered twice gets the same answer. Encrypted."""

    async def kept(self, key: str) -> str | None:
        """Return the answer kept for *key*, if it was handled before. Only reads."""

    async def begin(self, key: str, member: MemberId, now: datetime) -> str | None:
        """Claim *key*, an interaction of *member*, for this unit. Returns the answer kept for it if it was handled
        before, else `None`."""

    async def keep(self, key: str, answer: str) -> None: ...


class Exports(Protocol):
    async def everything(self, member: MemberId) -> dict[str, Any]:
        """Return all that is kept about *member*, table by table, as plain JSON values, details decrypted."""


class Unit(Protocol):
    """One transaction for one group. Leaving the block without an error commits; an error rolls back."""

    @property
    def groups(self) -> Groups: ...
    @property
    def members(self) -> Members: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def asks(self) -> Asks: ...
    @property
    def interviews(self) -> Interviews: ...
    @property
    def steps(self) -> Steps: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def nudge_log(self) -> NudgeLog: ...
    @property
    def replies(self) -> Replies: ...
    @property
    def exports(self) -> Exports: ...


class Queue(Protocol):
    """The outbox as the worker sees it: all groups at once."""

    async def claim(
        self, now: datetime, lease_until: datetime, limit: int, without: Collection[GroupId] = ()
    ) -> tuple[Letter, ...]:
        """Take letters due by *now*, in ONE statement that moves them to *lease_until*: a letter that nobody finishes
        is due again then, and in doubt. Letters of the groups *without* stay where they are. Costs one index peek when
        nothing is due, whatever the size of the table."""

    async def next_due(self) -> datetime | None:
        """Return when the next live letter is due, if there is one."""


class Store(Protocol):
    async def seat(self, actor: Actor, now: datetime) -> Seat:
        """Return the actor's group and who they are in it; both are made at the first visit. The group of a channel
        that an organiser bound wins over the workspace's."""

    async def known(self, account: Account) -> Seat | None:
        """Return where *account* sits in its workspace's group, and make nothing: `None` for somebody never seen."""

    async def leave(self, platform: str, workspace: str, ends_at: datetime) -> None:
        """Let go of a workspace that took the bot away. Where its group has another place, this place and the accounts
        there go at once; else the whole group is erased by the first tidying after *ends_at*, unless it comes back."""

    async def come_back(self, platform: str, workspace: str) -> None:
        """Keep a group that was to be erased: its workspace has the bot again. Any `seat` there does the same."""

    def unit(self, group: GroupId, *, writes: bool) -> AbstractAsyncContextManager[Unit]:
        """Open a unit of work. Without *writes* it only reads, and never waits for a writer."""

    @property
    def queue(self) -> Queue: ...
