"""Says what `askwell doctor` finds in a set-up with Slack or Discord."""

from pathlib import Path
from typing import Any

import pytest

import bot.commands
from adapters.slack.manifest import manifest
from app.doctor import examine
from app.settings import Settings
from bot.desk.registry import registry_of
from storage.migrate import migrate
from tests.discord.platform import serving as serving_discord
from tests.slack.platform import serving as serving_slack

MANIFEST = manifest(registry_of(bot.commands), url=None)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder with a database in it."""
    monkeypatch.chdir(tmp_path)
    migrate(f"sqlite:///{tmp_path / 'askwell.db'}")
    return tmp_path


def settings(folder: Path, **values: Any) -> Settings:
    return Settings.model_validate({"ASKWELL_DATA_DIR": folder, **values})


async def test_slack_that_knows_both_tokens_is_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with serving_slack(MANIFEST) as slack:
        token = slack.install(slack.workspace("Northside"))

        to_do = await examine(
            settings(folder, SLACK_BOT_TOKEN=token, SLACK_APP_TOKEN=slack.app_token, SLACK_API_URL=slack.api_url)
        )

    assert to_do == 0
    assert "Slack knows the tokens." in capsys.readouterr().out


async def test_a_token_that_slack_does_not_know_is_named_and_not_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving_slack(MANIFEST) as slack:
        to_do = await examine(
            settings(folder, SLACK_BOT_TOKEN="xoxb-wrong", SLACK_APP_TOKEN="xapp-1", SLACK_API_URL=slack.api_url)
        )

    printed = capsys.readouterr().out
    assert to_do == 1
    assert "Slack does not know the token in SLACK_BOT_TOKEN" in printed
    assert "xoxb-wrong" not in printed


async def test_slack_that_is_out_of_reach_is_not_called_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to_do = await examine(
        settings(folder, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1", SLACK_API_URL="http://127.0.0.1:1/api/")
    )

    assert to_do == 1
    assert "Slack cannot be reached." in capsys.readouterr().out


async def test_discord_says_whether_a_server_has_the_bot(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with serving_discord() as discord:
        nowhere = await examine(settings(folder, DISCORD_TOKEN=discord.token))
        discord.guild("Northside")
        somewhere = await examine(settings(folder, DISCORD_TOKEN=discord.token))
        wrong = await examine(settings(folder, DISCORD_TOKEN="wrong"))

    printed = capsys.readouterr().out
    assert (nowhere, somewhere, wrong) == (1, 0, 1)
    assert "no server has the bot yet" in printed
    assert "the bot is in a server" in printed
    assert "Discord does not know the token" in printed
