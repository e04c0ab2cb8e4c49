"""Asks with every kind of field."""

from datetime import date, time
from typing import Annotated

from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.talk.errors import BadInput, Refused
from bot.talk.form import Choice, Day, Hour, Kind, Line, Lookup, Many, Number, Paragraph, Tick
from bot.talk.view import Facts, Option, View

TOWNS = ("Manila", "Manchester", "Madrid", "London", "New York")
FEW = tuple(Option(word.lower(), word, "in person" if word == "Visit" else "") for word in ("Phone", "Video", "Visit"))
MANY = tuple(Option(str(n), f"Number {n}") for n in range(12))


async def towns(ctx: Context, typed: str) -> tuple[Option, ...]:
    return tuple(Option(town, town, "a town") for town in TOWNS if typed.casefold() in town.casefold())


@command("ask words", "Ask for words", topic=Topic.CONTACTS, title="Words, please", intro="Five kinds of words.")
async def words(
    ctx: Context,
    name: Annotated[str, Line("Their name", limit=20)],
    email: Annotated[str, Line("E-mail", "Only you see it", kind=Kind.EMAIL)] = "",
    link: Annotated[str, Line("A link", kind=Kind.LINK)] = "",
    note: Annotated[str, Paragraph("A note", "As long as you like, up to a hundred characters", limit=100)] = "",
    town: Annotated[str, Lookup("Town", towns, "Begin to type")] = "",
) -> View:
    if name == "nobody":
        raise Refused("Nobody is somebody. Who is it?")
    rows = (("Name", name), ("E-mail", email), ("Link", link), ("Note", note), ("Town", town))
    return View("Thank you for the words", (Facts(tuple((label, (value or "nothing",)) for label, value in rows)),))


@command("ask when", "Ask for choices and times", topic=Topic.RHYTHM, title="When and how")
async def times(
    ctx: Context,
    day: Annotated[date, Day("Which day?", "In your own zone")],
    hour: Annotated[time, Hour("What time?")],
    minutes: Annotated[int, Number("How many minutes?", 5, 90)],
    how: Annotated[str, Choice("How do you meet?", FEW)],
    sure: Annotated[bool, Tick("I am sure", "You can change it later")] = False,
) -> View:
    if day < ctx.today:
        raise BadInput("That day has passed.", "day")
    return View("Noted", (Facts((("Day", (f"{day}",)), ("Hour", (f"{hour:%H:%M}",)), ("Minutes", (str(minutes),)),
                                 ("How", (how,)), ("Sure", ("yes" if sure else "no",)))),))  # fmt: skip


@command("ask which", "Ask for one of many and some of many", topic=Topic.GROUP)
async def which(
    ctx: Context,
    number: Annotated[str, Choice("A number", MANY)],
    ways: Annotated[tuple[str, ...], Many("Ways to meet", FEW)] = (),
    way: Annotated[str, Choice("The best way", FEW)] = "",
) -> View:
    return View(
        "Chosen", (Facts((("Number", (number,)), ("Ways", (", ".join(ways) or "none",)), ("Best", (way or "none",)))),)
    )
