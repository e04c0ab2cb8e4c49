"""Finds a time zone by the name of a city, a state or a country, or by its own name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from zoneinfo import ZoneInfo

from bot.model.atlas import CITIES, Atlas, City, Region, Row
from bot.model.place_names import fold
from bot.record import record

__all__ = ["City", "find", "zone_named"]

ALIASES = CITIES.with_name("city_aliases.tsv")
LONGEST = 80
"""No place name has more characters; a longer text would only cost time."""

AREAS = {
    area.casefold(): area
    for area in (
        "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Canada", "Etc",
        "Europe", "Indian", "Pacific", "US",
    )
}  # fmt: skip
_SMALL_WORDS = {"of", "au", "es"}  # as in America/Port_of_Spain, Port-au-Prince and Africa/Dar_es_Salaam


def find(text: str, limit: int = 25) -> list[City]:
    """Return the places that *text* may mean, the likeliest first; none if it means nothing here.

    `portland, me`, `Sao Paulo`, `NYC`, `Philippines`, `asia/manila` and small slips are understood. A country
    or a state gives its largest city in each of its time zones, or its capital where it has only one zone.
    """
    if not fold(text) or len(text) > LONGEST:
        return []
    return list(islice(_once(_meant_by(text)), limit))


def zone_named(text: str) -> ZoneInfo | None:
    """Return the time zone with the IANA name *text*, in any case and with spaces for underscores."""
    name = "_".join(text.split())
    if name.upper() in {"UTC", "GMT"}:
        return ZoneInfo(name.upper())
    area, _, place = name.partition("/")
    if area.casefold() not in AREAS or len(name) > LONGEST:
        return None
    guesses = (re.sub("[a-z]+", _titled, place.casefold()), place, place.upper())
    return next(filter(None, (_zone(f"{AREAS[area.casefold()]}/{guess}") for guess in guesses)), None)


def _titled(word: re.Match[str]) -> str:
    return word[0] if word[0] in _SMALL_WORDS else word[0].capitalize()


def _zone(key: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError):  # unknown, or no name at all, or a folder such as America/Indiana
        return None


def _once(cities: Iterable[City]) -> Iterator[City]:
    seen: set[City] = set()
    for city in cities:
        if city not in seen:
            seen.add(city)
            yield city


def _first_of_each_zone(cities: Iterable[City]) -> Iterator[City]:
    seen: set[str] = set()
    for city in cities:
        if city.zone not in seen:
            seen.add(city.zone)
            yield city


def _meant_by(text: str) -> Iterator[City]:
    zone = zone_named(text)
    if zone is not None:
        return iter([_city_of(zone.key)])
    aliases = _aliases()
    atlas, (name, *places) = Atlas(), text.split(",")
    around = atlas.regions_around(map(fold, places)) or atlas.regions_around(
        fold(aliases.get(fold(place), "")) for place in places
    )
    query, also = _Query(atlas, fold(name), tuple(around), aliases), aliases.get(fold(text))
    return chain(_meant_by(also), query.as_typed()) if also else _first_that_yields(query.readings())


def _city_of(zone: str) -> City:
    """Return the city that gave *zone* its name; if it is not listed, the area stands for its country."""
    area, _, place = zone.rpartition("/")
    named = (row.city for row in Atlas().starting_with(fold(place)) if row.city.zone == zone)
    return next(named, City(place.replace("_", " "), area or zone, zone))


def _aliases() -> dict[str, str]:
    """Return what else people call a place, folded, and what it is called here."""
    lines = ALIASES.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {fold(alias): name for alias, name in pairs}


def _first_that_yields(readings: Iterable[Iterator[City]]) -> Iterator[City]:
    for reading in readings:
        first = next(reading, None)
        if first is not None:
            return chain([first], reading)
    return iter(())


@record
class _Query:
    """What was typed, folded: *name*, and the regions that it is looked for in (none: the whole world)."""

    atlas: Atlas
    name: str
    regions: tuple[Region, ...]
    aliases: Mapping[str, str]

    def readings(self) -> Iterator[Iterator[City]]:
        """Yield ways to understand the query, the plainest first."""
        if self.name:
            yield self.as_typed()
            yield self.as_city_and_region()
            yield self.here(self.atlas.close_to(self.name) if len(self.name) > 3 else ())
        yield chain.from_iterable(map(self.cities_for, self.regions))

    def as_typed(self) -> Iterator[City]:
        """Yield what bears the name: the whole of it, then its beginning, then one of its later words."""
        called = [] if self.regions else self.atlas.regions_called(self.name)
        yield from chain.from_iterable(map(self.cities_for, called))
        yield from self.here(self.atlas.named(self.name))
        yield from self.here(self.atlas.starting_with(self.name))
        yield from self.here(self.atlas.with_word(self.name))

    def as_city_and_region(self) -> Iterator[City]:
        """Yield `portland maine`, which has no comma: the last one to three words name a region."""
        words = self.name.split()
        for cut in range(1, 1 if self.regions else min(4, len(words))):
            place = " ".join(words[-cut:])
            called = self.atlas.regions_called
            regions = called(place) or called(fold(self.aliases.get(place, "")))
            if regions:
                yield from replace(self, name=" ".join(words[:-cut]), regions=tuple(regions)).as_typed()

    def here(self, rows: Iterable[Row]) -> Iterator[City]:
        """Yield the cities of *rows* that lie in the regions asked for."""
        regions = self.regions
        return (row.city for row in rows if not regions or any(region.holds(row.code) for region in regions))

    def cities_for(self, region: Region) -> Iterator[City]:
        """Return what stands for *region*: its capital if it has one time zone, else a city for each."""
        if region.zone and region.capital:
            return iter([City(region.capital, region.name, region.zone)])
        leading = (row.city for row in self.atlas.leading(region))
        return islice(leading, 1) if region.zone else _first_of_each_zone(leading)
