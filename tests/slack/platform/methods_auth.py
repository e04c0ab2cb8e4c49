"""Holds the Web API methods for tokens, and Slack's page on which somebody allows the app."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web

from tests.slack.platform.state import Json, SlackError, broken
from tests.slack.platform.web_api import Ask, method

if TYPE_CHECKING:
    from tests.slack.platform.server import Platform


@method("auth.test")
async def test(ask: Ask) -> Json:
    workspace, grant = ask.workspaces()[0], ask.bot
    shown: Json = {"url": f"https://{workspace.domain}.example.org/", "user": "askwell", "bot_id": grant.bot_id}
    shown |= {"team": workspace.name, "team_id": grant.team or workspace.enterprise, "user_id": grant.bot_user}
    if workspace.enterprise:
        shown["enterprise_id"] = workspace.enterprise
    return shown | {"is_enterprise_install": not grant.team}


@method("auth.revoke")
async def revoke(ask: Ask) -> Json:
    ask.bot.is_revoked = True
    return {"revoked": True}


@method("apps.connections.open", None)
async def connections_open(ask: Ask) -> Json:
    if ask.token != ask.platform.app_token:
        raise SlackError("invalid_auth" if ask.token else "not_authed")
    if not ask.platform.manifest.get("settings", {}).get("socket_mode_enabled"):
        raise SlackError("access_denied")
    return {"url": ask.platform.socket.new_link()}


@method("oauth.v2.access", None)
async def access(ask: Ask) -> Json:
    app = ask.platform
    given = ask.basic or (str(ask.args.get("client_id", "")), str(ask.args.get("client_secret", "")))
    if given[0] != app.client_id:
        raise broken("invalid_client_id")
    if given[1] != app.client_secret:
        raise broken("bad_client_secret")
    if ask.args.get("grant_type") == "refresh_token":
        return app.doorkeeper.renewed(ask.must("refresh_token"))
    return app.doorkeeper.exchanged(ask.must("code"), str(ask.args.get("redirect_uri") or ""))


async def authorize(platform: "Platform", request: web.Request) -> web.StreamResponse:
    """Act as the page on which an administrator presses "Allow", or whatever `platform.consent` says."""
    asked = request.query
    problem = platform.doorkeeper.problem(asked)
    if problem:
        platform.note(problem, "oauth/v2/authorize", str(dict(asked)))
        return web.Response(status=400, text=problem)
    answer = {"state": asked.get("state", "")}
    if platform.consent is None:
        answer["error"] = "access_denied"
    else:
        answer["code"] = platform.doorkeeper.code(asked.get("redirect_uri", ""))
    raise web.HTTPFound(f"{platform.doorkeeper.way_back(asked)}?{urlencode(answer)}")
