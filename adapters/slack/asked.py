"""Holds who did something in Slack, where, and how they can be answered, as read from any payload."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.record import record

Body = Mapping[str, Any]


@record
class Asked:
    """One interaction. *key* is Slack's own id of it: delivered twice, it is the same.

    *team* is the workspace that has the bot, *home* the one that the person belongs to as far as the payload tells.
    *channel* is `None` in direct messages. *window* is the id of the modal in which it happened; *is_own* tells that
    the message whose button was pressed is nobody's but the presser's: a private reply, or the bot's message to them.
    *place* is what the workspace calls itself in its address.
    """

    key: str
    team: str
    enterprise: str
    user: str
    name: str
    home: str
    channel: str | None = None
    trigger: str = ""
    response_url: str = ""
    window: str = ""
    is_home: bool = False
    is_own: bool = False
    is_ephemeral: bool = False
    place: str = ""

    @property
    def is_direct(self) -> bool:
        """Tell whether this happened in a message of the bot's own direct conversation, which stays for the reader."""
        return self.is_own and not self.is_ephemeral


def from_command(body: Body) -> Asked:
    """Read a slash command."""
    return Asked(
        key=body["trigger_id"], team=body.get("team_id") or "", enterprise=body.get("enterprise_id") or "",
        user=body["user_id"], name=body.get("user_name", ""), home=body.get("team_id") or "",
        channel=_channel(body.get("channel_id") or ""), trigger=body["trigger_id"],
        response_url=body.get("response_url") or "",
        place=body.get("team_domain") or "",
    )  # fmt: skip


def from_press(body: Body, context: AsyncBoltContext) -> Asked:
    """Read the press of a button, a choice, a shortcut or a form that was sent."""
    user, channel, view = body["user"], body.get("channel"), body.get("view") or {}
    is_ephemeral = bool((body.get("container") or {}).get("is_ephemeral"))
    place = channel["id"] if channel else ""
    return Asked(
        key=body.get("trigger_id") or body.get("action_ts") or "",
        team=_team(body, context), enterprise=context.enterprise_id or "",
        user=user["id"], name=user.get("name") or user.get("username") or "", home=user.get("team_id") or "",
        channel=_channel(place), trigger=body.get("trigger_id") or "", response_url=_response_url(body),
        window=view.get("id", "") if view.get("type") == "modal" else "", is_home=view.get("type") == "home",
        is_own=is_ephemeral or ("message" in body and place.startswith("D")), is_ephemeral=is_ephemeral,
        place=(body.get("team") or {}).get("domain") or "",
    )  # fmt: skip


def from_event(body: Body, context: AsyncBoltContext, user: str) -> Asked:
    """Read an event that *user* caused."""
    team = _workspace(context.team_id, body.get("context_team_id"), body.get("team_id"))
    return Asked(key=body["event_id"], team=team, enterprise=context.enterprise_id or "", user=user, name="", home=team)


def _channel(place: str) -> str | None:
    """Return the channel, or `None` for a conversation of two, which nobody else reads."""
    return place if place and not place.startswith("D") else None


def _team(body: Body, context: AsyncBoltContext) -> str:
    """Return the workspace that has the bot. Where a channel is shared between companies, a press may name the
    presser's own instead; the bot's message knows better."""
    view, message = body.get("view") or {}, body.get("message") or {}
    posted_from = message.get("team") if body.get("type") == "block_actions" and message.get("bot_id") else None
    installed, shown_in = view.get("app_installed_team_id"), view.get("team_id")
    return _workspace(installed, posted_from, context.team_id, shown_in, body["user"].get("team_id"))


def _workspace(*some: str | None) -> str:
    """Return the first id that is a workspace's. Where the bot is installed for a whole organisation, Slack says
    nothing in some places and names the organisation in others: https://github.com/slackapi/bolt-js/issues/1720"""
    return next((one for one in some if one and not one.startswith("E")), "")


def _response_url(body: Body) -> str:
    urls = body.get("response_urls") or ()
    return str(body.get("response_url") or (urls[0]["response_url"] if urls else ""))
