"""A time zone by the name of a city, the way people type it."""

import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.atlas import CITIES, Atlas, City
from bot.model.cities import ALIASES, find, zone_named
from bot.model.place_names import fold


def first(text: str) -> str:
    return find(text)[0].label


@pytest.mark.parametrize(
    ("typed", "place", "zone"),
    [
        ("Manila", "Manila, Philippines", "Asia/Manila"),
        ("london", "London, England, United Kingdom", "Europe/London"),
        ("London, Ontario", "London, Ontario, Canada", "America/Toronto"),
        ("Portland", "Portland, Oregon, United States", "America/Los_Angeles"),
        ("Portland, Maine", "Portland, Maine, United States", "America/New_York"),
        ("portland me", "Portland, Maine, United States", "America/New_York"),
        ("PORTLAND, ME, USA", "Portland, Maine, United States", "America/New_York"),
        ("Paris, TX", "Paris, Texas, United States", "America/Chicago"),
        ("paris france", "Paris, France", "Europe/Paris"),
        ("sao paulo", "São Paulo, Brazil", "America/Sao_Paulo"),
        ("São Paulo", "São Paulo, Brazil", "America/Sao_Paulo"),
        ("saint louis, missouri", "St. Louis, Missouri, United States", "America/Chicago"),
        ("st johns", "St. John's, Newfoundland and Labrador, Canada", "America/St_Johns"),
        ("Munich, Bavaria", "Munich, Germany", "Europe/Berlin"),
        ("NYC", "New York City, New York, United States", "America/New_York"),
        ("new york usa", "New York City, New York, United States", "America/New_York"),
        ("Washington", "Washington, District of Columbia, United States", "America/New_York"),
        ("Bombay", "Mumbai, India", "Asia/Kolkata"),
        ("Saigon", "Ho Chi Minh City, Vietnam", "Asia/Ho_Chi_Minh"),
        ("Philippines", "Manila, Philippines", "Asia/Manila"),
        ("ph", "Manila, Philippines", "Asia/Manila"),
        ("Maine", "Portland, Maine, United States", "America/New_York"),
        ("Asia/Manila", "Manila, Philippines", "Asia/Manila"),
        ("america/port of spain", "Port of Spain, Trinidad and Tobago", "America/Port_of_Spain"),
        ("Lord Howe Island", "Lord Howe, Australia", "Australia/Lord_Howe"),
        ("EST", "New York City, New York, United States", "America/New_York"),
        ("Pitsburgh", "Pittsburgh, Pennsylvania, United States", "America/New_York"),
        ("Los Angelos", "Los Angeles, California, United States", "America/Los_Angeles"),
        ("Sprngfield, IL", "Springfield, Illinois, United States", "America/Chicago"),
    ],
)
def test_the_likeliest_place_comes_first(typed: str, place: str, zone: str) -> None:
    best = find(typed)[0]

    assert (best.label, best.zone) == (place, zone)


def test_a_beginning_finds_the_large_cities_first() -> None:
    assert first("san fr") == "San Francisco, California, United States"


def test_a_later_word_is_found_after_the_first_words() -> None:
    places = [city.name for city in find("angeles")]

    assert places.index("Angeles City") < places.index("Los Angeles")


def test_namesakes_are_all_offered() -> None:
    zones = {city.zone for city in find("Springfield")}

    assert {"America/Chicago", "America/New_York", "America/Los_Angeles"} <= zones


def test_a_country_with_several_zones_offers_a_city_for_each() -> None:
    zones = [city.zone for city in find("Spain") if city.region == "Spain"]

    assert zones == ["Europe/Madrid", "Atlantic/Canary", "Africa/Ceuta"]


def test_a_town_that_is_too_small_falls_back_on_its_state() -> None:
    assert first("Gorham, Maine") == "Portland, Maine, United States"


@pytest.mark.parametrize("typed", ["", "   ", "xyzzyq", "12345", "?!", ",", "東京", "Asia/Nowhere", "a" * 10_000])
def test_what_means_no_place_finds_nothing(typed: str) -> None:
    assert find(typed) == []


def test_there_are_never_more_than_asked_for() -> None:
    assert (len(find("s")), len(find("s", limit=3)), len(find("s", limit=0))) == (25, 3, 0)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=30) | st.text("aeinorst ,/.'-", max_size=12))
def test_any_text_finds_places_with_a_zone_that_exists(typed: str) -> None:
    found = find(typed)

    assert all(ZoneInfo(city.zone) for city in found)
    assert len(set(found)) == len(found) <= 25


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_listed_city_is_found_by_its_own_name(data: st.DataObject) -> None:
    lines = [line for line in CITIES.read_text(encoding="utf-8").splitlines() if line[:1] not in "#@"]
    key, name, code, *zone = data.draw(st.sampled_from(lines)).split("\t")
    region = Atlas().regions[code]

    found = find(f"{name}, {region.name}")

    assert City(name, region.name, zone[0] if zone else region.zone) in found
    assert key == fold(name)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Asia/Manila", "Asia/Manila"),
        ("asia/manila", "Asia/Manila"),
        ("America/New York", "America/New_York"),
        (" australia/lord_howe ", "Australia/Lord_Howe"),
        ("africa/dar_es_salaam", "Africa/Dar_es_Salaam"),
        ("america/port-au-prince", "America/Port-au-Prince"),
        ("america/argentina/buenos_aires", "America/Argentina/Buenos_Aires"),
        ("Antarctica/McMurdo", "Antarctica/McMurdo"),
        ("etc/gmt+8", "Etc/GMT+8"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_name_in_any_case(typed: str, key: str) -> None:
    zone = zone_named(typed)

    assert zone is not None
    assert zone.key == key


@pytest.mark.parametrize(
    "typed",
    ["", "Manila", "Asia", "Asia/", "America/Indiana", "Asia/../UTC", "../etc/passwd", "/etc/localtime",
     "Asia/\0", "Asia/Nowhere", "right/UTC", "localtime", "zone.tab", "Asia/" + "x" * 10_000],
)  # fmt: skip
def test_nothing_else_is_a_zone(typed: str) -> None:
    assert zone_named(typed) is None


@given(st.text(st.characters(), max_size=20))
def test_no_text_upsets_the_search_for_a_zone(typed: str) -> None:
    for text in (typed, f"Asia/{typed}", f"America/{typed}/{typed}"):
        assert zone_named(text) is None or "/" in text or len(text.strip()) == 3


def test_every_zone_in_the_list_exists() -> None:
    zones = {cell for line in CITIES.read_text(encoding="utf-8").splitlines() for cell in line.split("\t")[2:]}

    listed = {zone for zone in zones if "/" in zone and zone.split("/")[0] in {"Africa", "America", "Asia", "Europe"}}

    assert len(listed) > 250
    assert all(map(zone_named, listed))


def test_every_alias_leads_to_a_place() -> None:
    rows = [line.split("\t") for line in ALIASES.read_text(encoding="utf-8").splitlines()]
    aliases = {row[0]: row[1] for row in rows if len(row) == 2}

    lost = [alias for alias, name in aliases.items() if find(alias, 1) != find(name, 1) or not find(name, 1)]

    assert len(aliases) > 150
    assert lost == []


def test_aliases_with_a_city_name_that_very_city() -> None:
    rows = [line.split("\t") for line in ALIASES.read_text(encoding="utf-8").splitlines()]
    cities = [row[1] for row in rows if len(row) == 2 and ", " in row[1]]

    assert [name for name in cities if fold(find(name, 1)[0].name) != fold(name.split(", ")[0])] == []


def test_the_list_is_small_and_says_where_it_comes_from() -> None:
    data = CITIES.read_bytes()

    assert len(data) < 1_500_000
    assert b"GeoNames" in data[:400]
    assert b"CC BY 4.0" in data[:400]


def test_nothing_is_read_before_the_first_search() -> None:
    program = (
        "import sys\n"
        "sys.addaudithook(lambda event, args: event == 'open' and '.tsv' in str(args[0]) and sys.exit(1))\n"
        "import bot.model.cities\n"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=CITIES.parents[2], check=False)

    assert done.returncode == 0


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("São Paulo", "sao paulo"),
        ("Łódź", "lodz"),
        ("Saint John’s", "st johns"),
        ("Fort-de-France", "ft de france"),
        ("  Washington,  D.C. ", "washington dc"),
        ("Ærøskøbing", "aeroskobing"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
    ],
)
def test_many_spellings_become_one(typed: str, plain: str) -> None:
    assert fold(typed) == plain


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
