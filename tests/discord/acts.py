"""Holds what people do in the story, step by step, as they would in Discord."""

from datetime import UTC, datetime

from tests.discord.platform import Channel, Person, Seen

TUESDAY = datetime(2026, 11, 24, 1, 0, 5, tzinfo=UTC)
"""9:00 on Tuesday in Manila."""

SECRET = "maria@example.org"


async def start(person: Person, channel: Channel | None = None, city: str = "Manila") -> Seen:
    """Tell Askwell a field, a city and an hour, and say yes to nudges."""
    await person.types("career start", channel=channel)
    await person.presses("Let us begin")
    await person.submits({"Which field": "Nursing"})
    await person.presses("Set my city")
    await person.submits({"city": city})
    await person.presses("Yes")
    await person.presses("That is fine")
    return await person.presses("Yes, nudge me")


async def share(person: Person, channel: Channel, name: str = "Maria Santos") -> Seen:
    """Write a contact down with an e-mail address, share it, and post the card."""
    await person.types("career refer", channel=channel)
    await person.submits({
        "Their name": name, "What they do": "Nurse manager", "Field": "Nursing", "Organisation": "Example Hospital",
    })  # fmt: skip
    await person.presses("E-mail and phone")
    await person.submits({"E-mail": SECRET})
    await person.presses("Share with the group")
    await person.submits({
        "How do you know that they agree?": "They told me yes",
        "How may others reach them?": "Whoever holds the ask may write to them",
    })  # fmt: skip
    return await person.presses("Share and post it in this channel")


async def ask(person: Person, channel: Channel) -> Seen:
    """Find the contact on the board, and take the ask."""
    await person.types("career board", words="nursing", channel=channel)
    await person.presses("Look")
    return await person.presses("I'd like to talk to them")


async def plan(person: Person) -> Seen:
    """Plan twenty minutes with the contact whose ask was just taken."""
    await person.presses("Plan a talk")
    return await person.presses("20 min")
