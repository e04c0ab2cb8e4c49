"""Remembers the workspaces that have the bot, with the tokens encrypted, and who is on the way to installing it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Text, and_, bindparam, delete, func, null, or_, select, union, update

from bot.model.installs import Install
from storage.engine import Engine
from storage.secrets import Vault
from storage.tables import affiliations, install_states, installs
from storage.types import Instant
from storage.upsert import upsert

_PLATFORM: Any = bindparam("of_platform", type_=Text)
_ORGANISATION: Any = bindparam("of_organisation", type_=Text)
_WORKSPACE: Any = bindparam("of_workspace", type_=Text)
_NOW: Any = bindparam("now", type_=Instant)

_THIS = (
    installs.c.platform == _PLATFORM,
    installs.c.organisation == _ORGANISATION,
    installs.c.workspace == _WORKSPACE,
)
_NOTED = select(affiliations.c.organisation).where(
    affiliations.c.platform == _PLATFORM, affiliations.c.workspace == _WORKSPACE
)
_AROUND = func.coalesce(func.nullif(_ORGANISATION, ""), _NOTED.scalar_subquery())


def _serves(workspace: Any) -> ColumnElement[bool]:
    """Tell whether an install is that of *workspace* itself, or of the whole organisation around it."""
    of_itself = and_(installs.c.workspace == workspace, installs.c.workspace != "")
    of_all = and_(installs.c.workspace == "", installs.c.organisation == _AROUND)
    return and_(installs.c.platform == _PLATFORM, or_(of_itself, of_all))


_KEEP = upsert(installs)
_KEEP = _KEEP.on_conflict_do_update(
    index_elements=installs.primary_key.columns,
    set_={
        "name": _KEEP.excluded.name,
        "secrets": _KEEP.excluded.secrets,
        "renew_at": _KEEP.excluded.renew_at,
        "renewing_until": null(),
    },
)
_FIND = (
    select(installs)
    .where(_serves(_WORKSPACE))
    .order_by(installs.c.workspace.desc(), (installs.c.organisation == _ORGANISATION).desc())
    .limit(1)
)
_ALL = select(installs).where(installs.c.platform == _PLATFORM).order_by(*installs.primary_key.columns)
# A workspace has an id of its own: its tokens go, whichever organisation it was in when they were given.
_DROP = delete(installs).where(
    installs.c.platform == _PLATFORM,
    installs.c.workspace == _WORKSPACE,
    or_(installs.c.workspace != "", installs.c.organisation == _ORGANISATION),
)

# Those that the install may have served: its own workspace, or those that were seen in its organisation.
_SERVED = union(
    select(_WORKSPACE.label("workspace")).where(_WORKSPACE != ""),
    select(affiliations.c.workspace).where(
        affiliations.c.platform == _PLATFORM, affiliations.c.organisation == _ORGANISATION, _WORKSPACE == ""
    ),
).subquery()
_LEFT_WITHOUT = (
    select(_SERVED.c.workspace)
    .where(~select(installs.c.platform).where(_serves(_SERVED.c.workspace)).exists())
    .order_by(_SERVED.c.workspace)
)

_BELONGS = upsert(affiliations)
_BELONGS = _BELONGS.on_conflict_do_update(
    index_elements=affiliations.primary_key.columns, set_={"organisation": _BELONGS.excluded.organisation}
)

# The tokens must still be the ones that were read: another process may have exchanged them since.
_CLAIM = update(installs).where(
    *_THIS,
    installs.c.renew_at.is_not_distinct_from(bindparam("read_renew_at", type_=Instant)),
    or_(installs.c.renewing_until.is_(None), installs.c.renewing_until <= _NOW),
)

_ADD_STATE = upsert(install_states).on_conflict_do_nothing()
_TAKE_STATE = (
    delete(install_states).where(install_states.c.hash == bindparam("of_hash")).returning(install_states.c.ends_at)
)


class Installs:
    """Fulfils `bot.model.installs.Installs`."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    async def keep(self, install: Install) -> None:
        values = {
            "platform": install.platform,
            "organisation": install.organisation,
            "workspace": install.workspace,
            "name": install.name,
            "secrets": self._vault.encrypt(install.secrets),
            "renew_at": install.renew_at,
        }
        async with self._engine.writing() as link:
            await link.run(_KEEP, values)

    async def find(self, platform: str, organisation: str, workspace: str) -> Install | None:
        async with self._engine.glancing() as link:
            row = await link.first(_FIND, _named(platform, organisation, workspace))
        return None if row is None else self._install(row)

    async def belongs(self, platform: str, organisation: str, workspace: str) -> None:
        async with self._engine.glancing() as link:
            row = await link.first(_NOTED, {"of_platform": platform, "of_workspace": workspace})
        if row is not None and row.organisation == organisation:
            return  # noted long ago, as nearly always: nobody has to wait to write
        async with self._engine.writing() as link:
            note = {"platform": platform, "organisation": organisation, "workspace": workspace}
            await link.run(_BELONGS, note)

    async def drop(self, platform: str, organisation: str, workspace: str) -> tuple[str, ...]:
        names = _named(platform, organisation, workspace)
        async with self._engine.writing() as link:
            await link.run(_DROP, names)
            rows = await link.all(_LEFT_WITHOUT, names)
        return tuple(row.workspace for row in rows)

    async def all(self, platform: str) -> tuple[Install, ...]:
        async with self._engine.glancing() as link:
            rows = await link.all(_ALL, {"of_platform": platform})
        return tuple(self._install(row) for row in rows)

    async def claim_renewal(self, install: Install, now: datetime, until: datetime) -> bool:
        names = _named(install.platform, install.organisation, install.workspace)
        values = {**names, "read_renew_at": install.renew_at, "now": now, "renewing_until": until}
        async with self._engine.writing() as link:
            return await link.run(_CLAIM, values) == 1

    async def add_state(self, state: str, ends_at: datetime) -> None:
        async with self._engine.writing() as link:
            await link.run(_ADD_STATE, {"hash": self._hash(state), "ends_at": ends_at})

    async def take_state(self, state: str, now: datetime) -> bool:
        async with self._engine.writing() as link:
            row = await link.first(_TAKE_STATE, {"of_hash": self._hash(state)})
        return row is not None and row.ends_at > now

    def _hash(self, state: str) -> str:
        return self._vault.fingerprint("install state", state)

    def _install(self, row: Row[Any]) -> Install:
        secrets = self._vault.decrypt(row.secrets)
        return Install(row.platform, row.organisation, row.workspace, row.name, secrets, row.renew_at)


def _named(platform: str, organisation: str, workspace: str) -> dict[str, str]:
    return {"of_platform": platform, "of_organisation": organisation, "of_workspace": workspace}
