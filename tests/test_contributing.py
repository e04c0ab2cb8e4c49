"""Keeps CONTRIBUTING.md true: the command that it shows works, and nothing else had to be touched for it."""

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from bot.content.library import load
from bot.desk.bot import Bot
from bot.desk.registry import registry_of
from bot.talk.form import Dialog
from tests.world import World, said

CONTRIBUTING = Path(__file__).parent.parent / "CONTRIBUTING.md"


async def test_the_command_shown_to_contributors_needs_one_file(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", CONTRIBUTING.read_text("utf-8"), re.DOTALL)
    family = tmp_path / "shown_commands" / "begin"
    family.mkdir(parents=True)
    for folder in (family.parent, family):
        (folder / "__init__.py").write_text("")
    (family / "hello.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)

    bot = Bot(world.store, registry_of(import_module("shown_commands")), load(), world.clock)

    assert "Hello Maria, from Ben." in said(await bot.hear("hello Maria", world.actor("ben")))
    assert isinstance(await bot.hear("hello", world.actor("ben")), Dialog)
    sys.modules.pop("shown_commands.begin.hello")
