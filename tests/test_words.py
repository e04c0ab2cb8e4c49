"""Holds the catalogue's template against the code, and lets the bot speak another language to find words it forgot."""

from gettext import NullTranslations

import pytest

import bot.commands
from bot.desk.registry import registry_of
from bot.talk.form import Dialog
from tests.world import World
from tools.words import TEMPLATE, template


class Loud(NullTranslations):
    """A language in which every word is marked."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{msgid1 if n == 1 else msgid2}»"


@pytest.fixture
def loud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.desk.bot.catalogue", lambda locale: Loud())


def test_the_template_holds_every_text_of_the_code() -> None:
    assert TEMPLATE.read_bytes() == template(), "bash .ci/words makes it anew"


def test_the_template_holds_what_help_and_the_playground_say() -> None:
    words = TEMPLATE.read_text("utf-8")

    assert "Nothing is deleted before you say so" in words.replace('"\n"', "")
    assert "This playground has a password" in words


@pytest.mark.usefixtures("loud")
@pytest.mark.parametrize("path", [command.path for command in registry_of(bot.commands).listed])
async def test_a_command_speaks_the_language_of_whoever_asks(world: World, path: str) -> None:
    reply = await world.say(path, world.actor("ben", is_admin=True))

    assert "«" in (reply.title if isinstance(reply, Dialog) else str(reply.body))
