"""The command line: `askwell run`, `askwell check` and the rest."""

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.settings import NotReady, Settings, keys, load, new_key
from storage.errors import Unusable

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # its frames show the values of local variables: contact details among them
    help="Askwell helps career groups interview professionals about their work.",
)


def main() -> None:
    """Run the command line; what keeps Askwell from starting is said in one plain sentence."""
    try:
        app()
    except (NotReady, Unusable) as why:
        print(why, file=sys.stderr)
        sys.exit(2)


Port = Annotated[int | None, typer.Option(help="Where to listen; PORT sets it too.", min=0, max=65535)]


@app.command()
def run(port: Port = None) -> None:
    """Run all that the settings allow; with no platform token, the local playground."""
    from app.loop import run as run_loop
    from app.serve import serve

    run_loop(serve(_settings(port), with_worker=True))


@app.command()
def web(port: Port = None) -> None:
    """Serve the pages only; `askwell worker` sends what waits."""
    from app.loop import run as run_loop
    from app.serve import serve

    run_loop(serve(_settings(port), with_worker=False))


@app.command()
def worker() -> None:
    """Send what waits in the outbox. Several may run at once on PostgreSQL."""
    from app.loop import run as run_loop
    from app.serve import work

    run_loop(work(load()))


@app.command()
def migrate() -> None:
    """Bring the database to the newest shape. Safe to run again."""
    from storage.migrate import migrate as bring_up

    settings = load()
    secrets = keys(settings)
    bring_up(settings.url)
    asyncio.run(_try_keys(settings.url, secrets))
    print("The database is up to date.")


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="A folder of texts; those that ship when left out.")] = None,
) -> None:
    """Check the questions and steps that people read, and name every problem by file and line."""
    from bot.content.check import problems, report
    from bot.content.library import DEFAULT

    found = problems(folder or DEFAULT)
    print(report(found))
    raise typer.Exit(bool(found))


@app.command()
def docs() -> None:
    """Write the pages of docs/ that are made from the code."""
    from app.docs import pages

    for path, text in pages().items():
        path.write_text(text, "utf-8")
        print(f"Wrote {path}")


@app.command()
def key() -> None:
    """Print a fresh key for ASKWELL_KEY."""
    print(new_key())


@app.command()
def rekey() -> None:
    """Encrypt everything anew with the first key of ASKWELL_KEY; the older ones may then leave it."""
    from storage.database import Database

    async def renew(settings: Settings) -> int:
        async with await Database.open(settings.url, keys(settings)) as database:
            return await database.rekey()

    values = asyncio.run(renew(load()))
    print(f"Encrypted anew: {values} {'value' if values == 1 else 'values'}. Older keys may leave ASKWELL_KEY now.")


@app.command()
def doctor() -> None:
    """Say what is set up and what is missing."""
    from app.doctor import examine

    logging.disable()  # whatever is found is said in a sentence

    raise typer.Exit(asyncio.run(examine(load())))


slack_app = typer.Typer(help="What Slack has to be told about Askwell.", no_args_is_help=True)
app.add_typer(slack_app, name="slack")


@slack_app.command()
def manifest(
    url: Annotated[str | None, typer.Option(help="Where Slack reaches Askwell; without it, Socket Mode.")] = None,
    single: Annotated[bool, typer.Option(help="With --url: for one workspace, with SLACK_BOT_TOKEN.")] = False,
) -> None:
    """Print the app manifest, to be pasted at api.slack.com/apps."""
    import bot.commands
    from adapters.slack.manifest import manifest as written
    from bot.desk.registry import registry_of

    if url is not None and not url.startswith("https://"):
        raise NotReady("Slack calls only https addresses, like https://askwell.example.org.")
    print(json.dumps(written(registry_of(bot.commands), url=url, is_single=single), indent=2, ensure_ascii=False))


@slack_app.callback()
def slack() -> None:
    """What Slack has to be told about Askwell."""


discord_app = typer.Typer(help="What Discord has to be told about Askwell.", no_args_is_help=True)
app.add_typer(discord_app, name="discord")


@discord_app.command()
def sync(
    guild: Annotated[int | None, typer.Option(help="The id of one server; without it, all of them.", min=1)] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take back what that one server was told.")] = False,
) -> None:
    """Tell Discord which commands there are. Run it when Askwell is set up, and after an upgrade."""
    from app.discord_sync import sync_commands

    if remove and guild is None:
        raise NotReady(
            "--remove is for one server: add --guild and its id. Removing Askwell from a server needs no sync."
        )
    print(asyncio.run(sync_commands(load(), guild, is_removal=remove)))


@discord_app.command()
def invite() -> None:
    """Print the address where Askwell is added to a server."""
    from app.discord_sync import invite as invitation

    print(asyncio.run(invitation(load())))


bench_app = typer.Typer(
    help="Measure speed. Figures from one machine and one run are worth comparing only with each other."
)
app.add_typer(bench_app, name="bench")


@bench_app.command()
def core(
    group: Annotated[int, typer.Option(help="Cards in the group that is asked.")] = 10_000,
    total: Annotated[int, typer.Option(help="Cards in the database.")] = 1_000_000,
    seconds: Annotated[float, typer.Option(help="How long each measurement lasts.")] = 3.0,
) -> None:
    """Measure `questions` and `board` through Bot.handle on SQLite, beside the raw driver in the same run."""
    from app.bench import run_core

    run_core(group, total, seconds)


@bench_app.command("slack")
def bench_slack(
    group: Annotated[int, typer.Option(help="Cards in the group that is asked.")] = 10_000,
    total: Annotated[int, typer.Option(help="Cards in the database.")] = 1_000_000,
    seconds: Annotated[float, typer.Option(help="How long each server is asked, for each number of connections.")] = 8,
) -> None:
    """Measure `/career board` by signed HTTP, beside a bare Bolt app and a bare ASGI handler in the same run."""
    from app.bench_slack import run_slack

    run_slack(group, total, seconds)


@bench_app.command("discord")
def bench_discord(
    group: Annotated[int, typer.Option(help="Cards in the group that is asked.")] = 10_000,
    total: Annotated[int, typer.Option(help="Cards in the database.")] = 1_000_000,
    seconds: Annotated[float, typer.Option(help="How long each bot is asked, for each number in flight.")] = 8,
) -> None:
    """Measure `/career board` through a gateway, beside a bare discord.py command in the same run."""
    from app.bench_discord import run_discord

    run_discord(group, total, seconds)


@bench_app.callback()
def bench() -> None:
    """Measure speed."""


async def _try_keys(url: str, secrets: tuple[str, ...]) -> None:
    """Raise `Unusable` now, and not when the first process starts, if the keys are not those of this database."""
    from storage.database import Database

    async with await Database.open(url, secrets):
        pass


def _settings(port: int | None) -> Settings:
    settings = load()
    return settings if port is None else settings.model_copy(update={"port": port})
