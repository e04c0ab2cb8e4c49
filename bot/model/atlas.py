"""Reads the file of cities, sorted by population, without ever keeping it.

The file is searched as bytes: for some 30,000 rows that is as quick as an index, and between searches it
costs no memory.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from bot.record import record

CITIES = Path(__file__).parent.parent / "content" / "cities.tsv"


@record
class City:
    """A place that stands for the time of its surroundings.

    *region* is a country, or a state and its country; *zone* is an IANA name.
    """

    name: str
    region: str
    zone: str

    @property
    def label(self) -> str:
        """The name as it stands in a list: `Portland, Maine, United States`."""
        return f"{self.name}, {self.region}"


@record
class Region:
    """A country (`PH`) or a state (`US-ME`). *key* is its folded name; *zone* is empty if it has several."""

    code: str
    key: str
    name: str
    zone: str = ""
    capital: str = ""

    @property
    def short(self) -> str:
        """The folded code that people write for it: `ph`, or `me` for `US-ME`."""
        return self.code.rpartition("-")[2].casefold()

    def holds(self, code: str) -> bool:
        """Say whether *code* is this region or a state of it."""
        return code == self.code or code.startswith(f"{self.code}-")


@record
class Row:
    """A city as the file has it: *key* is the folded name, *code* its region's."""

    key: str
    city: City
    code: str


class Atlas:
    """The file, read for one search."""

    def __init__(self, file: Path = CITIES) -> None:
        head, _, rows = file.read_bytes().partition(b"\n\n")
        self._data = b"\n" + rows
        regions = (line[1:].split("\t") for line in head.decode().splitlines() if line.startswith("@"))
        self.regions = {cells[0]: Region(*cells) for cells in regions}

    def regions_called(self, key: str) -> list[Region]:
        """Return the countries and states with the folded name or code *key*."""
        return [region for region in self.regions.values() if key in {region.key, region.short}]

    def regions_around(self, places: Iterable[str]) -> list[Region]:
        """Return the regions that lie in each of *places* (folded), passing over the unknown ones."""
        around: list[Region] = []
        for place in places:
            near = [region for region in around or self.regions.values() if self._lies_in(region, place)]
            around = near or around
        return around

    def _lies_in(self, region: Region, place: str) -> bool:
        """Say whether *place* may follow a city's name in *region*: `maine`, `me`, `united st`, `us`."""
        ways = (region, self.regions[region.code[:2]])
        return any(place == way.short or (len(place) > 2 and way.key.startswith(place)) for way in ways)

    def named(self, key: str) -> Iterator[Row]:
        """Yield the cities that are called *key*, a folded name."""
        return self._rows(f"\n{key}\t")

    def starting_with(self, key: str) -> Iterator[Row]:
        """Yield the cities whose folded names begin with *key*."""
        return self._rows(f"\n{key}")

    def with_word(self, key: str) -> Iterator[Row]:
        """Yield the cities with a later word in their folded names that begins with *key*."""
        return (row for row in self._rows(f" {key}") if f" {key}" in row.key)

    def leading(self, region: Region) -> Iterator[Row]:
        """Yield the largest city in each time zone of *region*, or of each of its states."""
        seen = set()
        for line in self._lines(f"\t{region.code}"):
            place = line.split(b"\t", 2)[2]  # the region's code and the zone
            if place not in seen and region.holds(place.split(b"\t")[0].decode()):
                seen.add(place)
                yield self._row(line)

    def close_to(self, key: str) -> Iterator[Row]:
        """Yield the cities whose folded names differ from *key* by a slip after the first letter."""
        names = dict.fromkeys(name for name in self._keys(key[0]) if _may_be_meant(name, key))
        return (row for name in get_close_matches(key, names, n=5, cutoff=0.8) for row in self.named(name))

    def _rows(self, needle: str) -> Iterator[Row]:
        return map(self._row, self._lines(needle))

    def _lines(self, needle: str) -> Iterator[bytes]:
        """Yield the lines with *needle*, each once; where it begins with a line break, those it starts."""
        wanted = needle.encode()
        hit = self._data.find(wanted)
        while hit >= 0:
            end = self._data.index(b"\n", hit + 1)
            yield self._data[self._data.rfind(b"\n", 0, hit + 1) + 1 : end]
            hit = self._data.find(wanted, end)

    def _row(self, line: bytes) -> Row:
        key, name, code, *zone = line.decode().split("\t")
        region = self.regions[code]
        return Row(key, City(name, region.name, zone[0] if zone else region.zone), code)

    def _keys(self, letter: str) -> Iterator[str]:
        wanted = f"\n{letter}".encode()
        hit = self._data.find(wanted)
        while hit >= 0:
            end = self._data.index(b"\t", hit)
            yield self._data[hit + 1 : end].decode()
            hit = self._data.find(wanted, end)


def _may_be_meant(name: str, key: str) -> bool:
    """Say cheaply whether a closer look at *name* is worth its time."""
    return abs(len(name) - len(key)) <= 2 and len(set(key).difference(name)) <= 2
