"""Holds a very small app on the real slack-bolt, to try the platform with, over both transports."""

import asyncio
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.hosting import listening
from tests.slack.platform.server import Platform
from tests.slack.platform.state import Json

__all__ = ["MANIFEST", "button", "form", "listening", "plain", "row", "said", "tea_app"]

MANIFEST: Json = {
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/tea", "description": "Make tea"}],
        "shortcuts": [
            {"name": "Make tea", "type": "global", "callback_id": "make", "description": "Make tea"},
            {"name": "Keep", "type": "message", "callback_id": "keep", "description": "Keep a message"},
        ],
    },
    "oauth_config": {
        "redirect_urls": ["https://askwell.example.org/slack/oauth_redirect"],
        "scopes": {"bot": ["commands", "chat:write", "im:write", "im:history", "users:read", "files:write"]},
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_uninstalled",
                "tokens_revoked",
                "team_access_granted",
                "team_access_revoked",
                "user_change",
                "message.im",
            ]
        },
        "socket_mode_enabled": True,
    },
}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(label: str, value: str) -> Json:
    return {"type": "button", "text": plain(label), "action_id": value, "value": value}


def row(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def said(text: str) -> Json:
    return {"type": "section", "text": plain(text)}


def window(words: str) -> Json:
    return {"type": "modal", "title": plain("Tea"), "blocks": [said(words)]}


def form(**more: Any) -> Json:
    """Return a modal with one field of most kinds."""
    kinds = [{"text": plain(kind), "value": kind} for kind in ("green", "black")]
    element = {"type": "plain_text_input", "action_id": "v", "max_length": 20}
    blocks = [
        {"type": "input", "block_id": "name", "label": plain("Your name"), "element": element},
        {
            "type": "input",
            "block_id": "kind",
            "label": plain("Kind"),
            "optional": True,
            "element": {"type": "static_select", "action_id": "v", "options": kinds},
        },
        {
            "type": "input",
            "block_id": "town",
            "label": plain("Town"),
            "optional": True,
            "element": {"type": "external_select", "action_id": "v", "min_query_length": 1},
        },
        {
            "type": "input",
            "block_id": "cups",
            "label": plain("Cups"),
            "optional": True,
            "element": {
                "type": "number_input",
                "action_id": "v",
                "is_decimal_allowed": False,
                "min_value": "1",
                "max_value": "9",
            },
        },
    ]
    return {"type": "modal", "title": plain("Tea"), "submit": plain("Send"), "blocks": blocks, **more}


def tea_app(platform: Platform, token: str) -> AsyncApp:
    """Return an app with one answer of each kind."""
    client = AsyncWebClient(token=token, base_url=platform.api_url, retry_handlers=[])
    app = AsyncApp(client=client, signing_secret=platform.signing_secret, process_before_response=True)
    app.command("/tea")(partial(_tea, platform))
    app.action("pour")(_pour)
    app.action("brew")(_brew)
    app.view("")(_sent)
    app.options("v")(_towns)
    app.event("app_home_opened")(_home)
    app.event("message")(_heard)
    app.shortcut("make")(_make)
    app.shortcut("keep")(_keep)
    return app


async def _tea(platform: Platform, ack: Any, command: Json, client: AsyncWebClient, respond: Any) -> None:
    match command.get("text", "").split():
        case ["form"]:
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=form(private_metadata="here"))
        case ["soon"]:
            await ack()
            await respond("Here it is.", blocks=[said("Here it is.")])
        case ["late"]:
            await asyncio.sleep(platform.patience + 0.3)
            await ack("Too late")
        case ["cups", *words]:
            await ack({"text": "Cups", "blocks": [said(" ".join(words)), row(button("Pour", "pour"))]})
        case _:
            await ack("Tea is ready.")


async def _pour(ack: Any, respond: Any) -> None:
    await ack()
    await respond(text="Poured.", blocks=[said("Poured.")], replace_original=True)


async def _brew(ack: Any, body: Json, client: AsyncWebClient) -> None:
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=window("Brewing."))


async def _sent(ack: Any, view: Json) -> None:
    values = view["state"]["values"]
    if values["name"]["v"]["value"] == "Nobody":
        await ack(response_action="errors", errors={"name": "Who is it for?"})
        return
    town = values["town"]["v"]["selected_option"]
    words = f"Tea for {values['name']['v']['value']} in {town['value'] if town else 'no town'}"
    await ack(response_action="update", view=window(words))


async def _towns(ack: Any, body: Json) -> None:
    found = [town for town in ("Leeds", "London", "Lagos") if town.startswith(body["value"])]
    await ack(options=[{"text": plain(town), "value": town.lower()} for town in found])


async def _home(event: Json, client: AsyncWebClient) -> None:
    view = {"type": "home", "blocks": [said("Your tea"), row(button("Brew", "brew"))]}
    await client.views_publish(user_id=event["user"], view=view)


async def _heard(event: Json, client: AsyncWebClient) -> None:
    if "bot_id" not in event and "subtype" not in event:
        await client.chat_postMessage(channel=event["channel"], text=f"You said {event['text']}")


async def _make(ack: Any, body: Json, client: AsyncWebClient) -> None:
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=form())


async def _keep(ack: Any, body: Json, respond: Any) -> None:
    await ack()
    await respond(text=f"Kept: {body['message']['text']}")
