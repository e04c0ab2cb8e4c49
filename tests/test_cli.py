"""Says what the command line does with the settings of Slack and Discord."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import new_key
from tests.hosting import a_listener


def askwell(*words: str, folder: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run the command line in *folder* with no other settings than these."""
    return subprocess.run(
        command(*words), capture_output=True, text=True, cwd=folder, env=alone() | settings, timeout=60
    )


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from app.cli import main; main()", *words]


def alone() -> dict[str, str]:
    """Return the environment without any setting of Askwell's."""
    ours = ("ASKWELL_", "SLACK_", "DISCORD_", "PORT")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def test_the_manifest_is_printed_as_json_for_socket_mode(tmp_path: Path) -> None:
    printed = askwell("slack", "manifest", folder=tmp_path)

    told = json.loads(printed.stdout)
    assert printed.returncode == 0
    assert told["settings"]["socket_mode_enabled"] is True
    assert told["features"]["slash_commands"][0]["command"] == "/career"


def test_the_manifest_for_an_address_names_it_everywhere(tmp_path: Path) -> None:
    printed = askwell("slack", "manifest", "--url", "https://askwell.example.org", folder=tmp_path)

    settings = json.loads(printed.stdout)["settings"]
    assert settings["event_subscriptions"]["request_url"] == "https://askwell.example.org/slack/events"
    assert settings["interactivity"]["message_menu_options_url"] == "https://askwell.example.org/slack/events"
    assert settings["token_rotation_enabled"] is True


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SLACK_APP_TOKEN": "xapp-1"}, "Slack needs a token for its answers"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "Slack needs a way in"),
        ({"SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together"),
        ({"SLACK_CLIENT_SECRET": "hidden"}, "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together"),
        ({"SLACK_BOT_TOKEN": "xoxb-hidden\nxapp-1"}, "The setting SLACK_BOT_TOKEN is not right"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": "slack.com"}, "SLACK_API_URL is not an address"),
        ({"DISCORD_TOKEN": "two hidden words"}, "The setting DISCORD_TOKEN is not right"),
        ({"PORT": "many"}, "The setting PORT is not right: it takes a whole number."),
        ({"PORT": "70000"}, "The setting PORT is not right: it takes 65535 or less."),
        ({"ASKWELL_HOST": "192.0.2.1"}, "ASKWELL_HOST=192.0.2.1 is no address of this machine."),
        ({"ASKWELL_DATA_DIR": "taken/folder"}, "The folder taken/folder cannot be used"),
        ({"ASKWELL_KEY": "short"}, "ASKWELL_KEY is not a key"),
        (
            {"ASKWELL_DATABASE_URL": "postgresql://nobody:hidden@127.0.0.1:port/none", "ASKWELL_KEY": "short"},
            "ASKWELL_DATABASE_URL is not an address",
        ),
        (
            {"ASKWELL_DATABASE_URL": "postgresql://nobody:hidden@127.0.0.1:1/none", "ASKWELL_KEY": "short"},
            "The database cannot be used",
        ),
    ],
)
def test_a_setting_that_is_not_right_is_said_in_one_sentence(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    (tmp_path / "taken").touch()

    ended = askwell("run", folder=tmp_path, **{"PORT": "0", **settings})

    assert ended.returncode == 2
    assert ended.stderr.startswith(sentence)
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "hidden" not in ended.stderr


@pytest.mark.parametrize(
    ("encoding", "sentence"),
    [("utf-8-sig", "Slack needs a way in"), ("utf-16", "The file .env is not plain text in UTF-8.")],
)
def test_a_file_of_settings_may_come_from_windows(tmp_path: Path, encoding: str, sentence: str) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1\n", encoding)

    ended = askwell("run", "--port", "0", folder=tmp_path)

    assert ended.returncode == 2
    assert ended.stderr.startswith(sentence)


def test_a_port_that_cannot_be_is_refused(tmp_path: Path) -> None:
    refused = askwell("run", "--port", "99999", folder=tmp_path)

    assert refused.returncode == 2
    assert "65535" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_port_that_is_taken_is_named_with_another(tmp_path: Path) -> None:
    listener, url = a_listener()
    port = url.rpartition(":")[2]
    with listener:
        refused = askwell("run", "--port", port, folder=tmp_path)

    assert refused.returncode == 2
    assert refused.stderr.startswith(f"Port {port} on 127.0.0.1 is taken")


def test_a_key_that_does_not_fit_is_found_when_the_database_is_brought_up(tmp_path: Path) -> None:
    askwell("migrate", folder=tmp_path)

    refused = askwell("migrate", folder=tmp_path, ASKWELL_KEY=new_key())

    assert refused.returncode == 2
    assert refused.stderr.startswith("This database was written with another key.")


def test_commands_are_taken_back_from_one_server_alone(tmp_path: Path) -> None:
    ended = askwell("discord", "sync", "--remove", folder=tmp_path, DISCORD_TOKEN="a.hidden.token")

    assert ended.returncode == 2
    assert ended.stderr.startswith("--remove is for one server: add --guild and its id.")


def test_an_address_without_https_is_refused(tmp_path: Path) -> None:
    refused = askwell("slack", "manifest", "--url", "http://askwell.example.org", folder=tmp_path)

    assert refused.returncode == 2
    assert "https" in refused.stderr


def test_everything_is_encrypted_anew(tmp_path: Path) -> None:
    askwell("migrate", folder=tmp_path)

    ended = askwell("rekey", folder=tmp_path)

    assert ended.returncode == 0
    assert ended.stdout.startswith("Encrypted anew:")


@pytest.mark.parametrize("words", [("sync",), ("sync", "--guild", "7"), ("invite",)])
def test_without_a_token_discord_is_not_asked(tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = askwell("discord", *words, folder=tmp_path)

    assert ended.returncode == 2
    assert ended.stderr.startswith("Discord needs a token: set DISCORD_TOKEN.")
    assert len(ended.stderr.strip().splitlines()) == 1
    assert not ended.stdout


def test_a_setting_that_is_no_number_is_named(tmp_path: Path) -> None:
    ended = askwell("discord", "invite", folder=tmp_path, DISCORD_NEW_DMS_PER_MINUTE="many")

    assert ended.returncode == 2
    assert "DISCORD_NEW_DMS_PER_MINUTE" in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that a process could hear")
@pytest.mark.parametrize("word", ["run", "web", "worker"])
def test_what_is_under_way_is_ended_calmly_when_the_process_is_told_to_stop(word: str, tmp_path: Path) -> None:
    env = alone() | {"PORT": "0"}
    with subprocess.Popen(command(word), stdout=subprocess.PIPE, cwd=tmp_path, env=env) as process:
        assert process.stdout is not None
        while b"Stop it with Ctrl-C" not in (line := process.stdout.readline()):
            assert line, "it ended by itself"

        process.terminate()

        assert process.wait(timeout=30) == 0
