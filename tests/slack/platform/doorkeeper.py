"""Gives out tokens: at an installation, for a code, for a refresh token that is then used up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.slack.platform.state import TOKEN_LIFE, Grant, Json, SlackError, broken

if TYPE_CHECKING:
    from tests.slack.platform.server import Platform
    from tests.slack.platform.workspace import Workspace


@dataclass(slots=True)
class Doorkeeper:
    platform: "Platform"
    _codes: dict[str, tuple["Workspace", str]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    @property
    def rotates(self) -> bool:
        return bool(self.platform.manifest.get("settings", {}).get("token_rotation_enabled"))

    @property
    def scopes(self) -> frozenset[str]:
        return frozenset(self.platform.manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ()))

    def grant(self, workspace: "Workspace", *, for_all: bool = False, rotates: bool = False) -> Grant:
        """Return a new grant for a workspace, or *for_all* of its organisation; an earlier one's bot stays the same."""
        app = self.platform
        before = app.grant_of(workspace.id)
        bot = (before.bot_user, before.bot_id) if before else (app.new_id("U"), app.new_id("B"))
        team = "" if for_all else workspace.id
        grant = Grant(app.secret("xoxe.xoxb" if rotates else "xoxb"), team, workspace.enterprise, self.scopes, *bot)
        if rotates:
            grant.expires_at, grant.refresh = app.clock() + TOKEN_LIFE, app.secret("xoxe-1")
        app.grants[grant.token] = grant
        return grant

    def problem(self, asked: Mapping[str, str]) -> str:
        """Return what is wrong with the way to the page that asks for permission, or ""."""
        if asked.get("client_id") != self.platform.client_id:
            return "invalid_client_id"
        if not self.way_back(asked):
            return "bad_redirect_uri"
        wanted = set(filter(None, asked.get("scope", "").split(",")))
        return "" if wanted and wanted <= self.scopes else "invalid_scope"

    def way_back(self, asked: Mapping[str, str]) -> str:
        """Return where the administrator goes in the end, "" for an address that the manifest does not name. It may be
        left out when the manifest names only one."""
        allowed = self.platform.manifest.get("oauth_config", {}).get("redirect_urls", ())
        wanted = asked.get("redirect_uri") or (allowed[0] if len(allowed) == 1 else "")
        return wanted if any(wanted.startswith(url) for url in allowed) else ""

    def code(self, redirect: str) -> str:
        assert self.platform.consent is not None
        code = self.platform.secret("code")
        self._codes[code] = (self.platform.consent, redirect)
        return code

    def exchanged(self, code: str, redirect: str) -> Json:
        """Return the installation that *code* stands for; it can be had once."""
        if code in self._used:
            raise SlackError("code_already_used")
        if code not in self._codes:
            raise SlackError("invalid_code")
        workspace, asked = self._codes.pop(code)
        self._used.add(code)
        if redirect != asked:
            raise broken("bad_redirect_uri")
        for_all = self.platform.consents_for_all
        return self._described(self.grant(workspace, for_all=for_all, rotates=self.rotates))

    def renewed(self, refresh: str) -> Json:
        """Return a new token, and a new refresh token, for one that is used up by this."""
        old = next((grant for grant in self.platform.grants.values() if grant.refresh == refresh), None)
        if refresh in self._used:
            raise broken("invalid_refresh_token", "a refresh token works once")
        if old is None or old.is_revoked:
            raise SlackError("invalid_refresh_token")
        self._used.add(refresh)
        workspace = next(w for w in self.platform.workspaces.values() if _is_of(old, w))
        return self._described(self.grant(workspace, for_all=not old.team, rotates=True))

    def _described(self, grant: Grant) -> Json:
        app = self.platform
        workspace = app.workspaces.get(grant.team)
        shown: Json = {"access_token": grant.token, "token_type": "bot", "scope": ",".join(sorted(grant.scopes))}
        shown |= {"bot_user_id": grant.bot_user, "app_id": app.app_id, "is_enterprise_install": not grant.team}
        shown |= {"team": {"id": workspace.id, "name": workspace.name} if workspace else None}
        shown |= {"enterprise": {"id": grant.enterprise, "name": "Org"} if grant.enterprise else None}
        shown |= {"authed_user": {"id": app.new_id("U")}}
        if grant.refresh:
            shown |= {"expires_in": int(TOKEN_LIFE.total_seconds()), "refresh_token": grant.refresh}
        return shown


def _is_of(grant: Grant, workspace: "Workspace") -> bool:
    return workspace.id == grant.team if grant.team else workspace.enterprise == grant.enterprise
