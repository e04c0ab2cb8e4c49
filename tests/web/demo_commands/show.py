"""Shows every element of a view, with words that would like to be markup."""

from datetime import UTC, datetime
from typing import Annotated

from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.talk.form import Key, Line
from bot.talk.view import (
    Attachment,
    Bold,
    Bullets,
    Buttons,
    Card,
    Facts,
    Heading,
    Link,
    Mention,
    Moment,
    Option,
    Small,
    Text,
    View,
    When,
    say,
)

WHEN = datetime(2026, 12, 8, 1, 0, tzinfo=UTC)
EVIL = '<script>alert(1)</script> <img src=x onerror=alert(1)> & "quotes" @everyone <!channel>'


@command("home", "Say hello", topic=Topic.BEGIN, reads=True, is_listed=False)
async def home(ctx: Context) -> View:
    return View(
        "Hello", (say("Good to see you, {name}.", name=ctx.member.name), Buttons((help_.button("What can you do?"),)))
    )


@command("help", "See everything that there is", topic=Topic.BEGIN, reads=True)
async def help_(ctx: Context) -> View:
    return View("Everything", (Bullets(tuple((one.path,) for one in ctx.registry.listed)),))


@command("show all", "Show every element at once", topic=Topic.PREPARE, reads=True)
async def everything(ctx: Context) -> View:
    return View(
        "Every element " + EVIL,
        (
            Text(("Plain, ", Bold("bold <b>"), ", ", Mention("ben", "Ben Cruz"), ", ", When(WHEN), ", ",
                  When(WHEN, Moment.DAY))),
            Text((Link("https://example.org/?a=1&b=2", "a page"), " ", Link("javascript:alert(1)", "a trap"))),
            Heading("A heading " + EVIL),
            Facts((("Organisation", ("Example Hospital",)), ("Answers by", (When(WHEN, Moment.HOUR),)))),
            Bullets((("first",), ("second " + EVIL,))),
            Bullets((("third",), ("fourth",)), start=3),
            Card("Maria Santos", (("Nurse manager at ", Bold("Example Hospital")), ("E-mail first",)),
                 (count.primary("Count", 1), shout.opens("Shout"))),
            count.select("How far?", (Option("7", "Seven", "a good number"), Option("8", "Eight"))),
            Attachment("plan.txt", "text/plain", "1. What is a usual day like?\n2. " + EVIL, "Your plan for a talk."),
            Small(("You get this because you asked. ", EVIL)),
        ),
    )  # fmt: skip


@command("count", "Count up in place", topic=Topic.PREPARE, is_listed=False)
async def count(ctx: Context, n: Annotated[int, Key()]) -> View:
    return View(
        f"Counted to {n}", (Buttons((count.primary("One more", n + 1), count.danger("Start over", 0))),)
    ).instead()


@command("shout", "Say something to the whole channel", topic=Topic.CONTACTS, submit="Post it")
async def shout(ctx: Context, words: Annotated[str, Line("Your words", "Everybody reads them", limit=60)]) -> View:
    return View("A shout", (Text((words,)), Buttons((count.button("Count", 1),))), is_private=False)


@command("long", "Say more than fits into one message", topic=Topic.PREPARE, reads=True)
async def long(ctx: Context) -> View:
    return View("Very long", tuple(Text((f"Line {i}: " + "words " * 200,)) for i in range(100)))
