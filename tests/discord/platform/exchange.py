"""Holds one interaction: what a person did, how the app answered, and what they saw of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from tests.discord.platform.state import Channel, Json, Message

if TYPE_CHECKING:
    from tests.discord.platform.people import Person
    from tests.discord.platform.sight import Seen

COMMAND, COMPONENT, COMPLETION, SUBMIT = 2, 3, 4, 5
MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9


@dataclass(slots=True, eq=False)
class Exchange:
    """*started* is in real time, *born* by Discord's clock. *source* is the message with the component.

    *response* is the type of the first answer, 0 before there is one; *original* the message that it made or changed.
    *answers* are what the person saw of it, *choices* what an autocompletion offered.
    """

    id: str
    token: str
    kind: int
    person: "Person"
    channel: Channel
    payload: Json
    born: datetime
    started: float
    source: Message | None = None
    response: int = 0
    original: Message | None = None
    answers: "list[Seen]" = field(default_factory=list)
    choices: list[Json] | None = None

    def allowed(self) -> set[int]:
        """Return the types of answers that Discord takes for this interaction.

        https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object
        """
        if self.kind == COMPLETION:
            return {CHOICES}
        found = {MESSAGE, DEFER} if self.kind == SUBMIT else {MESSAGE, DEFER, MODAL}
        return found | {DEFER_UPDATE, UPDATE} if self.source else found
