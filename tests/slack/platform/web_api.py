"""Answers Slack's Web API: reads a call, looks at its token and scopes, and finds its method."""

import json
from base64 import b64decode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.slack.platform.fate import carried_out
from tests.slack.platform.state import Call, Channel, Grant, Json, SlackError, User, broken
from tests.slack.platform.workspace import Workspace

if TYPE_CHECKING:
    from tests.slack.platform.server import Platform


@dataclass(frozen=True, slots=True)
class Ask:
    """A call with its arguments. *grant* is None where no bot token is asked for."""

    platform: "Platform"
    args: Json
    grant: Grant | None
    token: str
    basic: tuple[str, str] | None = None

    @property
    def bot(self) -> Grant:
        assert self.grant is not None
        return self.grant

    def must(self, name: str) -> str:
        """Return an argument that has to be there, as text."""
        value = self.args.get(name)
        if value in {None, ""}:
            raise broken("invalid_arguments", f"missing required field: {name}")
        return str(value)

    def data(self, name: str) -> Any:
        """Return an argument that is JSON; it may come inside a string."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise broken("invalid_arguments", f"{name} must be JSON") from None

    def workspaces(self) -> list[Workspace]:
        """Return the workspaces that the token is for."""
        return [w for w in self._own() if w.is_in_reach]

    def _own(self) -> list[Workspace]:
        known = self.platform.workspaces.values()
        return [w for w in known if w.id == self.bot.team or (w.enterprise and w.enterprise == self.bot.enterprise)]

    def _missing(self, what: str, code: str) -> SlackError:
        """Return the error for an id that is in no workspace of the token, or only in one that it was taken out of."""
        is_there = any(what in w.users or what in w.channels for w in self._own())
        return SlackError("team_access_not_granted" if is_there else code)

    def user(self, user_id: str) -> tuple[Workspace, User]:
        for workspace in self.workspaces():
            if user_id in workspace.users:
                return workspace, workspace.users[user_id]
        raise self._missing(user_id, "user_not_found")

    def channel(self, channel_id: str) -> tuple[Workspace, Channel]:
        """Return a channel by its id; names and user ids are not taken."""
        for workspace in self.workspaces():
            if channel_id in workspace.channels:
                return workspace, workspace.channels[channel_id]
        if channel_id[:1] not in {"C", "D", "G"}:
            raise broken("channel_not_found", "a channel's own id is needed, not a name or a user's id")
        raise self._missing(channel_id, "channel_not_found")


Handler = Callable[[Ask], Awaitable[Json]]


@dataclass(frozen=True, slots=True)
class Method:
    """*scope* "" asks for a bot token without a scope, None for no bot token at all."""

    run: Handler
    scope: str | None


METHODS: dict[str, Method] = {}


def method(name: str, scope: str | None = "") -> Callable[[Handler], Handler]:
    """Offer the decorated function as a Web API method."""

    def offer(run: Handler) -> Handler:
        METHODS[name] = Method(run, scope)
        return run

    return offer


async def answer(platform: "Platform", request: web.Request) -> web.StreamResponse:
    """Answer one call."""
    name = request.match_info["method"]
    args, is_json = await _arguments(request)
    token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.pop("token", ""))
    grant = platform.grants.get(token)
    call = Call(name, grant.team or grant.enterprise if grant else "", args, platform.clock())
    platform.calls.append(call)

    async def act() -> Json:
        _token_not_in_address(request)
        if not is_json:
            raise broken("invalid_json")
        return await _run(Ask(platform, args, grant, token, _basic(request)), name)

    try:
        return web.json_response({"ok": True, **await carried_out(platform, request, call, act)})
    except SlackError as error:
        return _refusal(platform, call, error)


def _refusal(platform: "Platform", call: Call, error: SlackError) -> web.Response:
    call.error = error.code
    if error.is_violation:
        platform.note(error.code, call.method, *error.details)
    status, headers = error.more.pop("status", 200), error.more.pop("headers", None)
    body: Json = {"ok": False, "error": error.code, **error.more}
    if error.details:
        body["response_metadata"] = {"messages": [f"[ERROR] {detail}" for detail in error.details]}
    return web.json_response(body, status=status, headers=headers)


async def _run(ask: Ask, name: str) -> Json:
    found = METHODS.get(name)
    if found is None:
        raise broken("unknown_method", name)
    if found.scope is not None:
        _may(ask, found.scope)
    return await found.run(ask)


def _may(ask: Ask, scope: str) -> None:
    """Let the call through if its token is good and knows *scope*."""
    if not ask.token:
        raise broken("not_authed")
    if ask.grant is None:
        raise SlackError("invalid_auth")
    if ask.grant.is_revoked:
        raise SlackError("token_revoked")
    if ask.grant.expires_at and ask.platform.clock() >= ask.grant.expires_at:
        raise SlackError("token_expired")
    needs(ask, scope)


def needs(ask: Ask, scope: str) -> None:
    if scope and scope not in ask.bot.scopes:
        given = ",".join(sorted(ask.bot.scopes))
        raise broken("missing_scope", scope, needed=scope, provided=given)


async def _arguments(request: web.Request) -> tuple[Json, bool]:
    """Return the arguments, from wherever Slack takes them: the query, a form, or JSON. False: the JSON is none."""
    args: Json = dict(request.query)
    if request.content_type != "application/json":
        return args | dict(await request.post()), True
    try:
        body = await request.json()
    except ValueError:
        return args, False
    return (args | body, True) if isinstance(body, dict) else (args, False)


def _token_not_in_address(request: web.Request) -> None:
    if "token" in request.query:
        raise broken("not_allowed_token_type", "a token must not stand in the address")


def _basic(request: web.Request) -> tuple[str, str] | None:
    """Return the client's id and secret, which may come as HTTP Basic authentication."""
    kind, _space, encoded = request.headers.get("Authorization", "").partition(" ")
    if kind != "Basic":
        return None
    login, _colon, password = b64decode(encoded).decode().partition(":")
    return login, password
