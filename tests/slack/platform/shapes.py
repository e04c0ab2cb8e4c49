"""Checks JSON of Slack's making piece by piece, and says with a pointer where it is wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


def measure(text: str) -> int:
    """Return the length of *text* as JavaScript counts it, which is how Slack does."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True, slots=True)
class At:
    """A place in a payload; what is wrong there goes to *found*, shared by the whole check."""

    found: list[str]
    pointer: str = ""

    def __truediv__(self, name: str | int) -> "At":
        return At(self.found, f"{self.pointer}/{name}")

    def wrong(self, what: str) -> None:
        self.found.append(f"{what} [json-pointer:{self.pointer or '/'}]")


Check = Callable[[Any, At], None]
"""Looks at a value and reports what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: *must* and *may* map each key to its check, and no other key is allowed."""

    must: dict[str, Check] = field(default_factory=dict)
    may: dict[str, Check] = field(default_factory=dict)

    def __call__(self, value: Any, at: At) -> None:
        if not isinstance(value, dict):
            return at.wrong("must be an object")
        known = self.must | self.may
        for name in self.must.keys() - value.keys():
            at.wrong(f"missing required field: {name}")
        for name, part in value.items():
            if name == "type":
                continue
            if name not in known:
                at.wrong(f"invalid additional property: {name}")
            else:
                known[name](part, at / name)


def text(longest: int, shortest: int = 1) -> Check:
    def check(value: Any, at: At) -> None:
        if not isinstance(value, str):
            at.wrong("must be a string")
        elif not shortest <= measure(value) <= longest:
            at.wrong(f"must be {shortest} to {longest} characters, is {measure(value)}")

    return check


def one_of(*allowed: Any) -> Check:
    def check(value: Any, at: At) -> None:
        if value not in allowed:
            at.wrong(f"must be one of {allowed!r}, is {value!r}")

    return check


def whole(least: int, most: int) -> Check:
    def check(value: Any, at: At) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            at.wrong(f"must be a whole number from {least} to {most}, is {value!r}")

    return check


def flag(value: Any, at: At) -> None:
    if not isinstance(value, bool):
        at.wrong("must be true or false")


def many(of: Check, least: int, most: int) -> Check:
    def check(value: Any, at: At) -> None:
        if not isinstance(value, list):
            return at.wrong("must be an array")
        if not least <= len(value) <= most:
            at.wrong(f"must have {least} to {most} items, has {len(value)}")
        for index, part in enumerate(value):
            of(part, at / index)

    return check


def kind_of(kinds: dict[str, Check]) -> Check:
    """Return a check that looks at `type` and goes on with the check of that type."""

    def check(value: Any, at: At) -> None:
        if not isinstance(value, dict):
            at.wrong("must be an object")
        elif value.get("type") not in kinds:
            at.wrong(f"unsupported type: {value.get('type')!r}")
        else:
            kinds[value["type"]](value, at)

    return check


def both(*checks: Check) -> Check:
    def check(value: Any, at: At) -> None:
        for one in checks:
            one(value, at)

    return check


def no_twins(parts: Iterable[Any], name: str, at: At) -> None:
    """Report a value of *name* that two of *parts* share."""
    values = [part[name] for part in parts if isinstance(part, dict) and name in part]
    for value in {value for value in values if values.count(value) > 1}:
        at.wrong(f"{name} must be unique: {value!r}")
