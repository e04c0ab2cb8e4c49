"""Holds the two bots that `askwell bench discord` compares: Askwell, and a bare command of discord.py.

`python -m app.bench_discord_bots bare 8081` connects one to the gateway at that port of this computer.
"""

import sys

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


def lead_to(port: int) -> None:
    """Let discord.py reach this computer in place of Discord."""
    Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gateway/")


def run_bare() -> None:
    """Answer one command, as discord.py's first page shows it."""
    intents = discord.Intents.none()
    intents.guilds = True
    client = discord.Client(intents=intents)
    tree = discord.app_commands.CommandTree(client)

    @tree.command(description="Says hello")
    async def hello(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Hello", ephemeral=True)

    client.run("bench", log_handler=None)


def run_ours() -> None:
    """Run Askwell, by its own command line."""
    from app.cli import app

    app(["web", "--port", "0"])


if __name__ == "__main__":
    lead_to(int(sys.argv[2]))
    run_bare() if sys.argv[1] == "bare" else run_ours()
