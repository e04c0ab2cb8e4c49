"""Stands in for Discord on this computer, and is as strict as Discord's documents.

`async with serving() as discord:` starts one and leads discord.py to it; `discord.guild("Northside")` makes a guild,
`.user("Ana")` a person in it who types, presses and submits. Whatever the app does against the documents is in
`discord.violations`.
"""

from tests.discord.platform.filling import NotAllowed
from tests.discord.platform.guild import Guild
from tests.discord.platform.people import Person
from tests.discord.platform.server import Platform
from tests.discord.platform.sight import Seen
from tests.discord.platform.site import serving
from tests.discord.platform.state import Channel, Violation
from tests.discord.platform.words import words_of

__all__ = ["Channel", "Guild", "NotAllowed", "Person", "Platform", "Seen", "Violation", "serving", "words_of"]
