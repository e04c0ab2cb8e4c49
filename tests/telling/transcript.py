"""Writes down what the core is asked and what it answers, whatever platform is in between."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.desk.arguments import Raw
from bot.desk.bot import Bot, Reply
from bot.model.outbox import Outcome, Spot
from bot.model.people import Account, Actor, Member
from bot.nudging.sender import Sender
from bot.talk.view import View, text_of
from tests.world import said


@dataclass
class Transcript:
    """*lines* are who heard what, in order."""

    lines: list[str] = field(default_factory=list)
    is_paused: bool = False
    keys: set[str] = field(default_factory=set)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Write nothing down: for what platforms know differently, like a person's zone."""
        self.is_paused = True
        yield
        self.is_paused = False

    def add(self, line: str) -> None:
        if not self.is_paused:
            self.lines.append(line)


class HeardBot(Bot):
    """A bot that keeps a transcript."""

    transcript: Transcript

    async def handle(self, path: str, raw: Raw, actor: Actor) -> Reply:
        reply = await super().handle(path, raw, actor)
        if actor.key not in self.transcript.keys:  # a page that leaves in the middle sends its request once more
            self.transcript.add(f"{actor.name}, {path}: {said(reply)}")
        self.transcript.keys.add(actor.key)
        return reply


@dataclass
class HeardSender:
    """A sender that keeps a transcript."""

    inner: Sender
    transcript: Transcript

    @property
    def knows_again(self) -> timedelta | None:
        return self.inner.knows_again

    async def send(
        self, to: Account | Spot, view: View, key: str, reader: Member | None, *, is_in_doubt: bool = False
    ) -> Outcome:
        self.transcript.add(f"to {reader.name if reader else 'the channel'}: {text_of(view)}")
        return await self.inner.send(to, view, key, reader, is_in_doubt=is_in_doubt)

    async def edit(self, to: Account | Spot, message: str, view: View, reader: Member | None) -> Outcome:
        self.transcript.add(f"instead, to {reader.name if reader else 'the channel'}: {text_of(view)}")
        return await self.inner.edit(to, message, view, reader)


def heard_bot(transcript: Transcript) -> type[Bot]:
    """Return a kind of bot that keeps *transcript*."""
    return type("HeardBot", (HeardBot,), {"transcript": transcript})


def heard(senders: Mapping[str, Sender], transcript: Transcript) -> dict[str, Sender]:
    return {name: HeardSender(sender, transcript) for name, sender in senders.items()}
