"""Counts requests as Discord does: by bucket, for the whole bot, and those that were refused."""

from collections import deque
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from time import monotonic, time
from zlib import crc32

from tests.discord.platform.state import Failed, Json

GLOBAL = 50  # requests a second: https://docs.discord.com/developers/topics/rate-limits#global-rate-limit


@dataclass(slots=True, eq=False)
class Bucket:
    """At most *limit* requests in *per* seconds of real time."""

    limit: int
    per: float
    opened: float = -1.0e9
    used: int = 0

    def take(self, now: float) -> bool:
        """Count a request, and tell whether it is within the limit."""
        if now >= self.opened + self.per:
            self.opened, self.used = now, 0
        self.used += 1
        return self.used <= self.limit

    def left(self, now: float) -> float:
        """Return the seconds until the bucket is empty again."""
        return max(0.0, self.opened + self.per - now)


@dataclass(slots=True)
class Rates:
    """The limits in force. *per_second* is the bot's own in real time, None for none at all.

    *invalid* counts answers with 401, 403 and 429: after 10,000 in 10 minutes Discord bans an address.
    """

    per_second: int | None = GLOBAL
    invalid: int = 0
    _limits: list[tuple[str, int, float]] = field(default_factory=list)
    _buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)
    _recent: deque[float] = field(default_factory=deque)

    def limits(self, route: str, limit: int, per: float) -> None:
        """Allow *limit* requests in *per* seconds to each channel, guild or token of routes like *route*."""
        self._limits.append((route, limit, per))
        self._buckets.clear()

    def take(self, route: str, major: str, *, is_free: bool) -> dict[str, str]:
        """Count a request and return the headers for its answer; raise when it is too much.

        *is_free* are the routes of interactions, which the bot's own limit leaves out.
        """
        now = monotonic()
        if not is_free:
            self._take_global(now)
        bucket = self._bucket(route, major)
        is_within = bucket.take(now)
        headers = _headers(bucket, route, now)
        if not is_within:
            raise limited(bucket.left(now), "user", headers)
        return headers

    def _take_global(self, now: float) -> None:
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if self.per_second is not None and len(self._recent) >= self.per_second:
            raise limited(self._recent[0] + 1 - now, "global")
        self._recent.append(now)

    def _bucket(self, route: str, major: str) -> Bucket:
        if (route, major) not in self._buckets:
            fitting = [(limit, per) for pattern, limit, per in self._limits if fnmatchcase(route, pattern)]
            self._buckets[route, major] = Bucket(*(fitting[-1] if fitting else (10_000, 1.0)))
        return self._buckets[route, major]


def _headers(bucket: Bucket, route: str, now: float) -> dict[str, str]:
    left = bucket.left(now)
    return {
        "X-RateLimit-Limit": str(bucket.limit),
        "X-RateLimit-Remaining": str(max(0, bucket.limit - bucket.used)),
        "X-RateLimit-Reset": f"{time() + left:.3f}",
        "X-RateLimit-Reset-After": f"{left:.3f}",
        "X-RateLimit-Bucket": f"{crc32(route.encode()):08x}",
    }


def limited(seconds: float, scope: str, headers: dict[str, str] | None = None) -> Failed:
    """Return Discord's 429. discord.py takes one without `Via` for a ban by the network in front of Discord."""
    body: Json = {"message": "You are being rate limited.", "retry_after": seconds, "global": scope == "global"}
    own = {"Retry-After": f"{seconds:.3f}", "X-RateLimit-Scope": scope, "Via": "1.1 loopback"}
    if scope == "global":
        own["X-RateLimit-Global"] = "true"
    return Failed(429, body, (headers or {}) | own)


def is_free(route: str) -> bool:
    """Tell whether the bot's own limit leaves a route out, as it does with those of interactions."""
    return " /interactions/" in route or " /webhooks/" in route
