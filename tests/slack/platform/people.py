"""Holds a person at Slack's client: what they do becomes a real request to the app, and they see what comes back."""

from collections.abc import Mapping
from time import monotonic
from typing import Any

from tests.slack.platform import payloads
from tests.slack.platform.checks import check_suggestions
from tests.slack.platform.events import describe, in_dm, send_event
from tests.slack.platform.filling import Answer, complete, entry, field_named, filled, option_of
from tests.slack.platform.objects import options_of
from tests.slack.platform.presence import Presence
from tests.slack.platform.profiles import described_user
from tests.slack.platform.screen import Found, Where, find_button, find_menu, in_front
from tests.slack.platform.sight import Ack, Seen, message_seen, window_seen
from tests.slack.platform.state import Channel, Hook, Json, Message, Trigger, Window
from tests.slack.platform.windows import described


class Person(Presence):
    """Everything they do waits for the acknowledgement and then for the answer, and returns it as they see it.

    With `expect_answer=False` it returns after the acknowledgement, with nothing.
    """

    # What they do

    async def types(self, line: str, channel: Channel | str | None = None, *, expect_answer: bool = True) -> Seen:
        """Type a slash command, in a channel or in "dm"."""
        name, _space, text = line.partition(" ")
        commands = self._platform.manifest.get("features", {}).get("slash_commands", ())
        assert name in {command["command"] for command in commands}, f"{name} is not a valid command"
        self._belongs_here()
        place = self._place(channel)
        self.is_at_home = False
        hook, trigger = self._hook(place), self._trigger()
        body = payloads.command(self.workspace, self.user, place, name, text)
        body |= {"response_url": self._platform.hook_url(hook, "commands"), "trigger_id": trigger.id}
        return await self.does("command", body, {hook.id, trigger.id}, hook=hook, expect_answer=expect_answer)

    async def presses(
        self, label: str, *, within: Where = None, confirms: bool = True, expect_answer: bool = True
    ) -> Seen:
        """Press the newest visible button whose label begins with *label*; *confirms* answers Slack's question."""
        found = find_button(self._screen(within), label)
        assert confirms or "confirm" in found.element, f"{label!r} asks for no confirmation"
        action = {"value": found.element.get("value", "")} if "value" in found.element else {}
        if not confirms:
            return message_seen(found.place) if isinstance(found.place, Message) else window_seen(found.place)
        return await self._acts(found, action | {"text": found.element["text"]}, expect_answer=expect_answer)

    async def chooses(self, menu: str, option: str, *, within: Where = None, expect_answer: bool = True) -> Seen:
        """Choose from a menu that stands in a message, modal or Home."""
        found = find_menu(self._screen(within), menu)
        chosen = option_of(options_of(found.element), option)
        if isinstance(found.place, Window):
            at = found.block["block_id"], found.element["action_id"]
            found.place.values[at] = entry(found.element, chosen)
        more: Json = {name: found.element[name] for name in ("placeholder", "initial_option") if name in found.element}
        return await self._acts(found, {"selected_option": chosen, **more}, expect_answer=expect_answer)

    async def fills(self, answers: Mapping[str, Answer]) -> None:
        """Fill in fields of the modal by label or block id; lists of suggestions are asked for, as Slack does."""
        window = self._window()
        for name, answer in answers.items():
            block = field_named(window.view["blocks"], name)
            element = block["element"]
            if element["type"] == "external_select" and answer:
                state = await self._suggested(window, block, str(answer))
            else:
                state = filled(element, answer)
            window.values[block["block_id"], element["action_id"]] = state

    async def submits(self, answers: Mapping[str, Answer] | None = None, *, expect_answer: bool = True) -> Seen:
        """Fill in the modal and send it. `NotAllowed`: Slack's client would not let them."""
        await self.fills(answers or {})
        window = self._window()
        assert "submit" in window.view, "the modal has no button to send it"
        complete(window.view["blocks"], window.values)
        trigger = self._trigger(window)
        body = payloads.submitted(self.workspace, self.user, window) | {"trigger_id": trigger.id}
        links = {trigger.id, window.id}
        return await self.does("view_submission", body, links, window=window, expect_answer=expect_answer)

    async def closes(self, *, everything: bool = False) -> None:
        """Close the modal in front, or all of them. The app hears of it only if it asked to."""
        stack = self.workspace.modals[self.id]
        window = stack[0] if everything else stack[-1]
        self.workspace.modals[self.id] = [] if everything else stack[:-1]
        self._news.set()
        if window.view.get("notify_on_close"):
            body = payloads.closed(self.workspace, self.user, window, is_cleared=everything)
            await self.does("view_closed", body, set(), expect_answer=False)

    async def opens_home(self, *, expect_answer: bool = True) -> Seen:
        """Open the app's Home tab."""
        self.is_at_home = True
        event: Json = {"type": "app_home_opened", "user": self.id, "tab": "home"}
        event |= {"channel": self.workspace.dm(self.id).id}
        if self.home:
            event["view"] = described(self.workspace, self.workspace.homes[self.id])
        return await self.does("app_home_opened", event, {"home"}, expect_answer=expect_answer)

    async def shortcut(self, label: str, *, expect_answer: bool = True) -> Seen:
        """Use a global shortcut."""
        body = payloads.shortcut(self.workspace, self.user, self._callback(label, "global"))
        trigger = self._trigger()
        body["trigger_id"] = trigger.id
        return await self.does("shortcut", body, {trigger.id}, expect_answer=expect_answer)

    async def message_shortcut(
        self, label: str, text: str, channel: Channel | str | None = None, *, expect_answer: bool = True
    ) -> Seen:
        """Use a shortcut of the newest message in *channel* that contains *text*."""
        place = self._place(channel)
        shown = [m for m in self.workspace.shown_to(self.id) if m.channel == place.id and not m.reader]
        message = next(m for m in reversed(shown) if text in message_seen(m).text)
        hook, trigger = self._hook(place, message), self._trigger()
        body = payloads.message_shortcut(self.workspace, self.user, self._callback(label, "message"), message)
        body |= {"trigger_id": trigger.id, "response_url": self._platform.hook_url(hook, "actions")}
        return await self.does("message_action", body, {hook.id, trigger.id}, expect_answer=expect_answer)

    async def writes(self, text: str, *, file: str = "", expect_answer: bool = True) -> Seen:
        """Write to the app in the direct messages, perhaps with a *file* of this name."""
        self.is_at_home = False
        place = self.workspace.dm(self.id)
        message = self._say(place, text)
        message.files = [{"id": "F1", "name": file}] if file else []
        event = in_dm(self.workspace, place, describe(message, "", ""))
        return await self.does("message", event, {"dm"}, expect_answer=expect_answer)

    def says(self, text: str, channel: Channel | str | None = None) -> None:
        """Write in a channel; the app does not hear of it."""
        self._say(self.workspace.find(channel), text)

    async def changes(self, **profile: Any) -> Ack | None:
        """Change what `users.info` says of them (`tz`, `locale`, `is_deleted`, `is_admin`, `name`)."""
        for name, value in profile.items():
            setattr(self.user, name, value)
        shown = described_user(self.workspace, self.user, with_locale=True)
        return await send_event(self.workspace, "user_change", {"type": "user_change", "user": shown})

    # The parts of it

    def _belongs_here(self) -> None:
        """Commands and shortcuts are not for people of another organisation: https://docs.slack.dev/apis/slack-connect"""
        assert not self.user.is_stranger, "commands and shortcuts are only for people of the organisation"

    def _place(self, channel: Channel | str | None) -> Channel:
        return self.workspace.dm(self.id) if channel == "dm" else self.workspace.find(channel)

    def _screen(self, within: Where) -> list[Message | Window]:
        return in_front(self.workspace, self.id, within, is_at_home=self.is_at_home)

    def _window(self) -> Window:
        stack = self.workspace.modals.get(self.id)
        assert stack, "no modal is open"
        return stack[-1]

    def _say(self, channel: Channel, text: str) -> Message:
        return self.workspace.post(channel.id, self.id, payloads.marked(text), is_ours=False)

    def _trigger(self, window: Window | None = None) -> Trigger:
        platform = self._platform
        own = platform.secret("trigger")
        inside = window.id if window and window.view["type"] == "modal" else None
        trigger = Trigger(own, self.workspace.id, self.id, platform.clock(), monotonic(), inside)
        platform.triggers[own] = trigger
        return trigger

    def _hook(self, channel: Channel, original: Message | None = None) -> Hook:
        platform = self._platform
        hook = Hook(platform.secret("hook"), self.workspace.id, self.id, channel.id, platform.clock(), original)
        platform.hooks[hook.id] = hook
        return hook

    def _callback(self, label: str, kind: str) -> str:
        self._belongs_here()
        offered = self._platform.manifest.get("features", {}).get("shortcuts", ())
        found = [s["callback_id"] for s in offered if s["name"] == label and s["type"] == kind]
        assert found, f"no {kind} shortcut {label!r}; there are {[s['name'] for s in offered]}"
        return str(found[0])

    async def _acts(self, found: Found, action: Json, *, expect_answer: bool) -> Seen:
        same = {"type": found.element["type"], "action_id": found.element["action_id"]}
        action = same | {"block_id": found.block["block_id"]} | action
        if isinstance(found.place, Message):
            return await self._acts_in_message(found.place, action, expect_answer=expect_answer)
        window = found.place
        trigger = self._trigger(window)
        body = payloads.pressed_in_window(self.workspace, self.user, window, action) | {"trigger_id": trigger.id}
        links = {trigger.id, window.id} | ({"home", "dm"} if window.view["type"] == "home" else set())
        return await self.does("block_actions", body, links, expect_answer=expect_answer)

    async def _acts_in_message(self, message: Message, action: Json, *, expect_answer: bool) -> Seen:
        hook, trigger = self._hook(self.workspace.channels[message.channel], message), self._trigger()
        body = payloads.pressed_in_message(self.workspace, self.user, message, action)
        body |= {"response_url": self._platform.hook_url(hook, "actions"), "trigger_id": trigger.id}
        links = {hook.id, trigger.id} | (set() if message.reader else {message.ts})
        return await self.does("block_actions", body, links, expect_answer=expect_answer)

    async def _suggested(self, window: Window, block: Json, typed: str) -> Json:
        """Ask the app what fits *typed*, and choose it."""
        least = block["element"].get("min_query_length", 3)
        assert len(typed) >= least, f"Slack asks for suggestions from {least} letters on"
        transport = self._platform.transport
        assert transport is not None
        ack = await transport.interactive(payloads.suggestion(self.workspace, self.user, window, block, typed))
        wrong = ["no answer in time"] if not ack.is_good else check_suggestions(ack.body)
        if wrong:
            self._platform.note("invalid_options", "ack of block_suggestion", *wrong)
            raise AssertionError(f"no suggestions for {typed!r}: {wrong}")
        return entry(block["element"], option_of(options_of(ack.body), typed))
