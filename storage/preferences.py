"""Writes a member's nudge settings and inventory as JSON, and reads them back."""

import json
from dataclasses import asdict
from datetime import date, time
from functools import lru_cache

from bot.model.people import Inventory, Nudges
from storage.groups import away_of, away_to_json


def nudges_to_text(nudges: Nudges) -> str:
    return json.dumps(
        {
            "is_on": nudges.is_on,
            "hour": nudges.hour.isoformat(),
            "days": sorted(nudges.days),
            "quiet_from": nudges.quiet_from.isoformat(),
            "quiet_until": nudges.quiet_until.isoformat(),
            "away": away_to_json(nudges.away),
            "paused_until": nudges.paused_until and nudges.paused_until.isoformat(),
            "stopped": sorted(nudges.stopped),
            "unreachable": nudges.unreachable,
        }
    )


# Most members share a handful of settings, and each command reads its member: parse each text once.
@lru_cache(maxsize=4096)
def nudges_from_text(text: str) -> Nudges:
    """Return what `nudges_to_text` wrote; `{}` is a member who never set anything."""
    kept = json.loads(text)
    if not kept:
        return Nudges()
    return Nudges(
        is_on=kept["is_on"],
        hour=time.fromisoformat(kept["hour"]),
        days=frozenset(kept["days"]),
        quiet_from=time.fromisoformat(kept["quiet_from"]),
        quiet_until=time.fromisoformat(kept["quiet_until"]),
        away=away_of(kept["away"]),
        paused_until=date.fromisoformat(kept["paused_until"]) if kept["paused_until"] else None,
        stopped=frozenset(kept["stopped"]),
        unreachable=kept["unreachable"],
    )


def inventory_to_text(inventory: Inventory) -> str:
    return json.dumps(asdict(inventory), ensure_ascii=False)


@lru_cache(maxsize=4096)
def inventory_from_text(text: str) -> Inventory:
    """Return what `inventory_to_text` wrote; `{}` is an empty inventory."""
    return Inventory(**json.loads(text))
