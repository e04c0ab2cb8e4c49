"""Describes a user as Slack's API does."""

from typing import TYPE_CHECKING, Any

from tests.slack.platform.state import Json, User

if TYPE_CHECKING:
    from tests.slack.platform.workspace import Workspace


def described_user(workspace: "Workspace", user: User, *, with_locale: bool = False) -> Json:
    """Return a user as users.info gives it: of somebody from another organisation there is no locale."""
    names = {"real_name": user.name.title(), "display_name": user.name}
    shown: dict[str, Any] = {"id": user.id, "team_id": user.home, "name": user.name, "deleted": user.is_deleted}
    shown |= {"real_name": user.name.title(), "profile": names, "is_bot": user.is_bot, "is_app_user": False}
    shown |= {"is_stranger": True} if user.is_stranger else {}
    shown |= {"updated": int(workspace.platform.clock().timestamp())}
    if user.is_deleted:
        return shown
    shown |= {"tz": user.tz, "tz_label": user.tz, "tz_offset": workspace.platform.offset(user.tz)}
    shown |= {"is_admin": user.is_admin or user.is_owner, "is_owner": user.is_owner, "is_primary_owner": False}
    shown |= {"is_restricted": False, "is_ultra_restricted": False}
    return shown | ({"locale": user.locale} if with_locale and not user.is_stranger else {})
