"""Holds a very small bot on the real discord.py, to try the platform with."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import discord
from discord import ui
from discord.http import Route

from tests.discord.platform.server import Platform
from tests.discord.platform.state import Json
from tests.waiting import soon

Client = TypeVar("Client", bound=discord.Client)

COMMANDS: list[Json] = [
    {
        "name": "tea",
        "description": "Make tea",
        "contexts": [0, 1],
        "integration_types": [0],
        "options": [
            {"type": 1, "name": "form", "description": "Ask for tea"},
            {"type": 1, "name": "slow", "description": "Let it brew"},
            {"type": 1, "name": "late", "description": "Forget about it"},
            {"type": 1, "name": "twice", "description": "Pour twice"},
            {"type": 1, "name": "card", "description": "Show the menu", "options": []},
            {"type": 1, "name": "leaf", "description": "Get a file"},
            {
                "type": 1,
                "name": "cup",
                "description": "Get a cup",
                "options": [
                    {"type": 3, "name": "kind", "description": "Which", "required": True, "autocomplete": True},
                    {"type": 4, "name": "cups", "description": "How many", "min_value": 1, "max_value": 9},
                    {
                        "type": 3,
                        "name": "size",
                        "description": "How big",
                        "choices": [{"name": "Small", "value": "s"}, {"name": "Big", "value": "b"}],
                    },
                    {"type": 6, "name": "guest", "description": "For whom"},
                    {"type": 5, "name": "sugar", "description": "Sweet"},
                ],
            },
        ],
    },
    {
        "name": "taxes",
        "description": "Look at the books",
        "contexts": [0],
        "integration_types": [0],
        "default_member_permissions": 1 << 5,
    },
    {"name": "Keep", "type": 3, "contexts": [0], "integration_types": [0]},
    {"name": "Invite", "type": 2, "contexts": [0], "integration_types": [0]},
]


def menu(words: str = "**Green** or *black*?") -> ui.LayoutView:
    """Return a message of components with a card, buttons and a menu."""
    view = ui.LayoutView(timeout=None)
    options = [discord.SelectOption(label="Green", value="g"), discord.SelectOption(label="Black", value="b")]
    held: list[ui.Item[Any]] = [
        ui.TextDisplay("## Tea"),
        ui.TextDisplay(words),
        ui.ActionRow(
            ui.Button(label="Pour", custom_id="pour"),
            ui.Button(label="Brew", custom_id="brew"),
            ui.Button(label="Wait", custom_id="wait"),
            ui.Button(label="Never", custom_id="never", disabled=True),
        ),
        ui.ActionRow(ui.Select(placeholder="Which tea", custom_id="which", options=options)),
    ]
    view.add_item(ui.Container(*held))
    view.stop()
    return view


def form() -> ui.Modal:
    """Return a modal with one field of most kinds."""
    modal = ui.Modal(title="Your tea", custom_id="tea:form", timeout=None)
    kinds = [discord.RadioGroupOption(label=one, value=one.lower()) for one in ("Green", "Black")]
    extras = [discord.CheckboxGroupOption(label=one, value=one.lower()) for one in ("Milk", "Sugar")]
    towns = [discord.SelectOption(label=one, value=one.lower()) for one in ("Cebu", "Manila")]
    modal.add_item(ui.Label(text="Your name", component=ui.TextInput(custom_id="name", max_length=20, default="An")))
    modal.add_item(ui.Label(text="Kind", component=ui.RadioGroup(custom_id="kind", options=kinds)))
    group: Any = ui.CheckboxGroup(custom_id="extras", options=extras, required=False, min_values=0)
    modal.add_item(ui.Label(text="Extras", component=group))
    towns_menu: Any = ui.Select(custom_id="town", options=towns, required=False)
    modal.add_item(ui.Label(text="Town", component=towns_menu))
    modal.add_item(ui.Label(text="Hot", component=ui.Checkbox(custom_id="hot")))
    modal.stop()
    return modal


class Tiny(discord.Client):
    """Answers each interaction in one way."""

    def __init__(self, platform: Platform, **options: Any) -> None:
        options.setdefault("intents", discord.Intents(guilds=True))
        super().__init__(
            guild_ready_timeout=0.0,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            **options,
        )
        self.platform = platform
        self.heard: list[Json] = []
        self.events: list[str] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: here nobody counts logins."""

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        data: Any = interaction.data
        self.heard.append(data)
        match interaction.type:
            case discord.InteractionType.application_command:
                await self._commanded(interaction, data)
            case discord.InteractionType.autocomplete:
                typed = next(option["value"] for option in data["options"][0]["options"] if option.get("focused"))
                offered = [discord.app_commands.Choice(name=f"Tea {n}", value=f"{typed}-{n}") for n in range(3)]
                await interaction.response.autocomplete(offered)
            case discord.InteractionType.component:
                await self._pressed(interaction, data)
            case discord.InteractionType.modal_submit:
                await interaction.response.send_message(f"For {_values(data)}", ephemeral=True)
            case _:
                pass

    async def _commanded(self, interaction: discord.Interaction, data: Any) -> None:
        name = data["options"][0]["name"] if data.get("options") else data["name"]
        match name:
            case "form":
                await interaction.response.send_modal(form())
            case "slow":
                await interaction.response.defer(ephemeral=True, thinking=True)
                await interaction.edit_original_response(content="Here it is.")
            case "late":
                await asyncio.sleep(self.platform.patience + 0.1)
                await _forgiven(interaction.response.send_message("Too late."))
            case "twice":
                await interaction.response.send_message("Once.")
                interaction.response._response_type = None  # the library itself would keep us from it
                await _forgiven(interaction.response.send_message("Twice."))
            case "leaf":
                await interaction.response.send_message(file=discord.File(io.BytesIO(b"leaf"), "leaf.txt"))
            case "card":
                await interaction.response.send_message(view=menu(), ephemeral=True)
            case "Keep":
                kept = next(iter(data["resolved"]["messages"].values()))
                await interaction.response.send_message(f"Kept: {kept['content']}", ephemeral=True)
            case _:
                await interaction.response.send_message(f"{name} is ready.", ephemeral=True)

    async def _pressed(self, interaction: discord.Interaction, data: Any) -> None:
        match data["custom_id"]:
            case "pour":
                await interaction.response.edit_message(view=menu("Poured."))
            case "brew":
                await interaction.response.send_modal(form())
            case "wait":
                await interaction.response.defer()
                await interaction.edit_original_response(view=menu("Waited."))
                await interaction.followup.send("And more.", ephemeral=True)
            case _:
                await interaction.response.send_message(f"Chose {data['values']}", ephemeral=True)

    async def on_resumed(self) -> None:
        self.events.append("resumed")

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.events.append(f"join {guild.name}")
        self.platform.bell.ring()

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.events.append(f"remove {guild.name}")
        self.platform.bell.ring()

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        self.events.append(f"down {guild.name}")
        self.platform.bell.ring()


async def _forgiven(sending: Any) -> None:
    try:
        await sending
    except discord.HTTPException:
        return


def _values(data: Any) -> str:
    """Return what was submitted, in the order of the fields."""
    parts = [part["component"] for part in data["components"] if part["type"] == 18]
    return "; ".join(str(part.get("value", part.get("values"))) for part in parts)


async def published(client: discord.Client, commands: list[Json] | None = None) -> Any:
    """Replace all global commands, and return what Discord made of them."""
    route = Route("PUT", "/applications/{application_id}/commands", application_id=client.application_id)
    return await client.http.request(route, json=COMMANDS if commands is None else commands)


@asynccontextmanager
async def running(platform: Platform, client: Client) -> AsyncIterator[Client]:
    """Run *client* beside the platform, with its commands published, and end it cleanly."""
    task = asyncio.create_task(client.start(platform.token))
    try:
        await platform.gateway.connected()
        await soon(client.wait_until_ready())
        await published(client)
        yield client
    finally:
        await soon(client.close())
        await soon(asyncio.gather(task, return_exceptions=True))
        await platform.gateway.disconnected()
