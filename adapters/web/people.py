"""Holds the sample groups of the playground: invented people in several time zones, and where they talk."""

from zoneinfo import ZoneInfo

from bot.record import record
from bot.talk.words import N_


@record
class Person:
    """Somebody to try Askwell as. *zone* is what a platform would know; *about* is one line on why they are here."""

    id: str
    name: str
    city: str
    zone: ZoneInfo
    about: str
    is_organiser: bool = False


@record
class Channel:
    id: str
    about: str


@record
class Workspace:
    id: str
    name: str
    about: str
    people: tuple[Person, ...]
    channels: tuple[Channel, ...] = (
        Channel("careers", N_("Contacts that members share, and questions about work")),
        Channel("general", N_("Everything else")),
    )

    def person(self, user: str) -> Person | None:
        return next((person for person in self.people if person.id == user), None)


@record
class Greeting:
    """What a sample person has said in a channel before the playground opens, so that it is not bare."""

    workspace: str
    channel: str
    author: str
    words: str


NORTHSIDE = Workspace(
    "northside",
    "Northside Career Club",
    N_("A student club whose members help each other meet people at work"),
    (
        Person("ana", "Ana Reyes", "New York", ZoneInfo("America/New_York"), N_("Knows a nurse manager")),
        Person("ben", "Ben Cruz", "Manila", ZoneInfo("Asia/Manila"), N_("Wonders whether nursing would suit")),
        Person("chloe", "Chloe Martin", "London", ZoneInfo("Europe/London"), N_("Changing from law to design")),
        Person("dana", "Dana Okafor", "Lagos", ZoneInfo("Africa/Lagos"), N_("Looks after the club"), True),
    ),
)

HARBOUR = Workspace(
    "harbour",
    "Harbour Alumni",
    N_("Former students of another school; nothing here is seen over there"),
    (
        Person("emil", "Emil Sand", "Stockholm", ZoneInfo("Europe/Stockholm"), N_("Looks after the group"), True),
        Person("farah", "Farah Haddad", "Toronto", ZoneInfo("America/Toronto"), N_("Curious about city planning")),
    ),
)

WORKSPACES = (NORTHSIDE, HARBOUR)

GREETINGS = (
    Greeting("northside", "general", "dana", "Welcome, everybody. Say hello here, share people in #careers."),
    Greeting("northside", "general", "chloe", "Hello from London. I am moving from law to design, slowly."),
    Greeting("northside", "careers", "ben", "Does anybody know somebody who works in a hospital?"),
    Greeting("harbour", "general", "emil", "Good to have you all in one place again."),
)


def workspace(name: str) -> Workspace | None:
    """Return the sample workspace *name*, if there is one."""
    return next((one for one in WORKSPACES if one.id == name), None)
