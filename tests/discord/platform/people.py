"""Holds a person at Discord's client: what they do becomes a real interaction, and they see what comes back."""

from collections.abc import Mapping
from typing import Any

from tests.discord.platform import calling, described, payloads
from tests.discord.platform.exchange import COMMAND, COMPLETION, COMPONENT, SUBMIT
from tests.discord.platform.filling import (
    Answer,
    NotAllowed,
    check_number,
    complete,
    field_named,
    filled,
    option_of,
    several,
)
from tests.discord.platform.parts import SELECT
from tests.discord.platform.presence import NOTHING, Presence
from tests.discord.platform.screen import Where, find_button, find_menu
from tests.discord.platform.session import DIRECT_MESSAGES, GUILD_MESSAGES
from tests.discord.platform.sight import Seen, message_seen
from tests.discord.platform.state import Channel, Json, Message


class Person(Presence):
    """Everything they do waits for the answer, and returns it as they see it.

    With `expect_answer=False` it returns at once, with nothing; `answered()` then waits for it.
    """

    # What they do

    async def types(
        self,
        line: str,
        values: Mapping[str, Any] | None = None,
        /,
        *,
        channel: Channel | str | None = None,
        expect_answer: bool = True,
        **more: Any,
    ) -> Seen:
        """Use a slash command such as "career board" in a channel or in "dm", with *values* for its options."""
        place = self.place(channel)
        called = calling.find(self, place, line)
        picked = {name: self._pick(called.name, name, value) for name, value in {**(values or {}), **more}.items()}
        data = called.data(calling.options(called, picked))
        data |= payloads.resolved(self, place, called.people, called.channels)
        return await self._does(COMMAND, data, place, expect_answer=expect_answer)

    async def completes(
        self, line: str, option: str, typed: str, *, channel: Channel | str | None = None, **others: Any
    ) -> list[str]:
        """Type into an option that completes itself, and return the names that are offered."""
        place = self.place(channel)
        called = calling.find(self, place, line)
        known = {one["name"]: one for one in called.leaf.get("options") or ()}
        assert known[option].get("autocomplete"), f"{option!r} does not complete itself"
        data = called.data(calling.options(called, {**others, option: typed}, focused=option))
        exchange = self.begins(COMPLETION, data, place)
        await self.answered(exchange)
        choices = exchange.choices or []
        self.picked.update({(called.name, option, one["name"]): one["value"] for one in choices})
        return [one["name"] for one in choices]

    async def presses(self, label: str, *, within: Where = None, expect_answer: bool = True) -> Seen:
        """Press the newest visible button whose label begins with *label*."""
        found = find_button(self, label, within)
        return await self._acts(found.message, payloads.component(found.part, None), expect_answer=expect_answer)

    async def chooses(self, menu: str, chosen: Answer, *, within: Where = None, expect_answer: bool = True) -> Seen:
        """Choose from a menu, called by its placeholder or the words above it: one label, or several."""
        found = find_menu(self, menu, within)
        asked = several(chosen)
        check_number(found.part, len(asked))
        if found.part["type"] == SELECT:
            data = payloads.component(found.part, [option_of(found.part["options"], one)["value"] for one in asked])
        else:
            place = self.platform.channels[found.message.channel]
            data = payloads.component(found.part, [one.id for one in asked])
            data |= payloads.resolved(self, place, [one for one in asked if isinstance(one, Person)], [])
        return await self._acts(found.message, data, expect_answer=expect_answer)

    def fills(self, answers: Mapping[str, Answer]) -> None:
        """Fill in fields of the modal by label or custom_id."""
        assert self.window, "no modal is open"
        for name, answer in answers.items():
            field = field_named(self.window.data["components"], name)
            self.window.values[field["custom_id"]] = filled(field, answer)

    async def submits(self, answers: Mapping[str, Answer] | None = None, *, expect_answer: bool = True) -> Seen:
        """Fill in the modal and send it. `NotAllowed`: Discord's client would not let them.

        The modal stays open with what they typed while no answer has come.
        """
        self.fills(answers or {})
        window = self.window
        assert window, "no modal is open"
        complete(window.data["components"], window.values)
        exchange = self.begins(SUBMIT, payloads.submitted(window), window.channel, window.source)
        seen = await self.answered(exchange) if expect_answer else NOTHING
        self.window = None
        return seen

    def dismisses(self) -> None:
        """Close the modal. The app does not hear of it."""
        assert self.window, "no modal is open"
        self.window = None

    async def uses(
        self, name: str, target: "Seen | Person", *, channel: Channel | str | None = None, expect_answer: bool = True
    ) -> Seen:
        """Use a message command on a message that they see, or a user command on a person."""
        if isinstance(target, Person):
            place = self.place(channel)
            data = payloads.user_command(self, self._menu_command(name, place, 2), target, place)
        else:
            message = self.platform.message(target.id)
            assert message, "the message is gone"
            place = self.platform.channels[message.channel]
            data = payloads.message_command(self, self._menu_command(name, place, 3), message)
        return await self._does(COMMAND, data, place, expect_answer=expect_answer)

    def says(self, text: str, channel: Channel | str | None = None) -> Seen:
        """Write in a channel or in "dm". The app hears of it if it has the intent, and reads it in "dm" alone."""
        platform, place = self.platform, self.place(channel)
        message = Message(platform.new_id(), place.id, self.id, text, [], 0, platform.clock(), platform.next_order())
        platform.messages.append(message)
        told = described.message(platform, message) | ({"guild_id": place.guild} if place.guild else {})
        platform.gateway.sends_message(told, place.guild, DIRECT_MESSAGES if place.is_dm else GUILD_MESSAGES)
        return message_seen(platform, message)

    # What changes about them

    def closes_dms(self) -> None:
        """Take no direct messages from members of their guilds any more."""
        self.user.takes_no_dms = True

    def opens_dms(self) -> None:
        self.user.takes_no_dms = False

    def blocks_bot(self) -> None:
        self.user.has_blocked = True

    def leaves(self) -> None:
        """Leave every guild."""
        for guild in self.platform.guilds.values():
            if self.id in guild.members:
                guild.loses(self)

    def deletes_account(self) -> None:
        self.leaves()
        self.user.is_deleted = True

    def reloads(self) -> None:
        """Start their client anew: what only they could see is gone, and so is an open modal."""
        self.platform.messages[:] = [m for m in self.platform.messages if m.reader != self.id]
        self.window = None

    # The parts of it

    async def _acts(self, message: Message, data: Json, *, expect_answer: bool) -> Seen:
        place = self.platform.channels[message.channel]
        return await self._does(COMPONENT, data, place, message, expect_answer=expect_answer)

    async def _does(
        self, kind: int, data: Json, place: Channel, source: Message | None = None, *, expect_answer: bool
    ) -> Seen:
        exchange = self.begins(kind, data, place, source)
        return await self.answered(exchange) if expect_answer else NOTHING

    def _menu_command(self, name: str, place: Channel, kind: int) -> Json:
        commands = calling.offered(self, place, kind)
        for command in commands:
            if command["name"] == name:
                return command
        raise NotAllowed(f"no command {name!r} there; there are {[command['name'] for command in commands]}")

    def _pick(self, command: str, option: str, value: Any) -> Any:
        return self.picked.get((command, option, str(value)), value)
