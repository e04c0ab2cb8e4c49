"""Holds the life of an interview as one table: which event leads from which state to which."""

from collections.abc import Mapping
from enum import StrEnum

from bot.talk.words import N_, _, listing


class State(StrEnum):
    """How far an interview has come."""

    IDEA = "idea"
    PREPARING = "preparing"
    ASKING = "asking"
    SILENT = "silent"
    DECLINED = "declined"
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"
    HELD = "held"
    FOLLOWED_UP = "followed-up"
    IN_TOUCH = "in-touch"
    LET_GO = "let-go"
    CLOSED = "closed"


class Event(StrEnum):
    """What can happen to an interview: the seeker tells Askwell, or a date brings it."""

    PREPARE = "prepare"
    ASK = "ask"
    GO_SILENT = "go-silent"
    DECLINE = "decline"
    ASK_AGAIN = "ask-again"
    BOOK = "book"
    REBOOK = "rebook"
    MOVE = "move"
    CANCEL = "cancel"
    NO_SHOW = "no-show"
    HOLD = "hold"
    FOLLOW_UP = "follow-up"
    TOUCH = "touch"
    LET_GO = "let-go"
    PICK_UP = "pick-up"
    CLOSE = "close"


Moves = Mapping[Event, State]

# A talk can begin at any moment before it is booked: a call to arrange it may turn into the interview itself.
_SET_ASIDE: Moves = {Event.LET_GO: State.LET_GO, Event.CLOSE: State.CLOSED}
_MAY_BEGIN: Moves = {Event.BOOK: State.BOOKED, Event.HOLD: State.HELD, **_SET_ASIDE}

TABLE: Mapping[State, Moves] = {
    State.IDEA: {Event.PREPARE: State.PREPARING, Event.ASK: State.ASKING, **_MAY_BEGIN},
    State.PREPARING: {Event.ASK: State.ASKING, **_MAY_BEGIN},
    State.ASKING: {
        Event.BOOK: State.BOOKED,
        Event.DECLINE: State.DECLINED,
        Event.GO_SILENT: State.SILENT,
        Event.HOLD: State.HELD,
        **_SET_ASIDE,
    },
    State.SILENT: {
        Event.ASK_AGAIN: State.ASKING,
        Event.BOOK: State.BOOKED,
        Event.DECLINE: State.DECLINED,
        Event.HOLD: State.HELD,
        **_SET_ASIDE,
    },
    State.DECLINED: {Event.ASK_AGAIN: State.ASKING, Event.BOOK: State.BOOKED, **_SET_ASIDE},
    State.BOOKED: {
        Event.HOLD: State.HELD,
        Event.REBOOK: State.BOOKED,
        Event.MOVE: State.MOVED,
        Event.CANCEL: State.CANCELLED,
        Event.NO_SHOW: State.NO_SHOW,
        **_SET_ASIDE,
    },
    State.MOVED: {
        Event.REBOOK: State.BOOKED,
        Event.HOLD: State.HELD,
        Event.CANCEL: State.CANCELLED,
        Event.GO_SILENT: State.SILENT,
        **_SET_ASIDE,
    },
    State.CANCELLED: {Event.REBOOK: State.BOOKED, Event.ASK_AGAIN: State.ASKING, **_SET_ASIDE},
    State.NO_SHOW: {
        Event.REBOOK: State.BOOKED,
        Event.HOLD: State.HELD,
        Event.ASK_AGAIN: State.ASKING,
        **_SET_ASIDE,
    },
    State.HELD: {Event.FOLLOW_UP: State.FOLLOWED_UP, Event.CLOSE: State.CLOSED},
    State.FOLLOWED_UP: {Event.TOUCH: State.IN_TOUCH, Event.CLOSE: State.CLOSED},
    State.IN_TOUCH: {Event.TOUCH: State.IN_TOUCH, Event.CLOSE: State.CLOSED},
    State.LET_GO: {Event.PICK_UP: State.PREPARING, Event.CLOSE: State.CLOSED},
    State.CLOSED: {},
}
"""The rule. What is not in it is not possible. `CLOSED` has no way out: the contact asked for that."""

STATE_WORDS: Mapping[State, str] = {
    State.IDEA: N_("an idea"),
    State.PREPARING: N_("preparing"),
    State.ASKING: N_("asked, waiting for an answer"),
    State.SILENT: N_("no answer"),
    State.DECLINED: N_("declined"),
    State.BOOKED: N_("booked"),
    State.MOVED: N_("moved, no new time yet"),
    State.CANCELLED: N_("cancelled"),
    State.NO_SHOW: N_("did not happen"),
    State.HELD: N_("held"),
    State.FOLLOWED_UP: N_("followed up"),
    State.IN_TOUCH: N_("in touch"),
    State.LET_GO: N_("set aside"),
    State.CLOSED: N_("closed"),
}

EVENT_WORDS: Mapping[Event, str] = {
    Event.PREPARE: N_("Start preparing"),
    Event.ASK: N_("I wrote to them"),
    Event.GO_SILENT: N_("No answer yet"),
    Event.DECLINE: N_("They said no"),
    Event.ASK_AGAIN: N_("I asked again"),
    Event.BOOK: N_("They said yes"),
    Event.REBOOK: N_("We have a new time"),
    Event.MOVE: N_("It moves to another time"),
    Event.CANCEL: N_("It is cancelled"),
    Event.NO_SHOW: N_("It did not happen"),
    Event.HOLD: N_("We talked"),
    Event.FOLLOW_UP: N_("I thanked them"),
    Event.TOUCH: N_("We were in touch"),
    Event.LET_GO: N_("Set it aside"),
    Event.PICK_UP: N_("Take it up again"),
    Event.CLOSE: N_("They asked us to stop"),
}


class IllegalMove(Exception):
    """*event* does not follow from *state*. The message is for the seeker; nothing has changed."""

    def __init__(self, state: State, event: Event) -> None:
        super().__init__(_why_not(state, event))
        self.state = state
        self.event = event


def after(state: State, event: Event) -> State:
    """Return the state that *event* leads to. Raises `IllegalMove` when the table has no such move."""
    try:
        return TABLE[state][event]
    except KeyError:
        raise IllegalMove(state, event) from None


def possible(state: State) -> tuple[Event, ...]:
    """Return what can happen next, in the order in which it is worth offering."""
    return tuple(TABLE[state])


def label(event: Event) -> str:
    """Return *event* as the seeker says it: the words on a button."""
    return _(EVENT_WORDS[event])


def state_words(state: State) -> str:
    """Return *state* as it stands in a sentence or beside "Where it stands"."""
    return _(STATE_WORDS[state])


def _why_not(state: State, event: Event) -> str:
    if not TABLE[state]:
        return _("They asked us to stop, so this one stays closed. There are other people who are glad to talk.")
    choices = listing([_("“{event}”").format(event=label(move)) for move in possible(state)])
    sentence = _("“{event}” does not fit here: this talk stands at “{state}”. What fits now: {choices}.")
    return sentence.format(event=label(event), state=state_words(state), choices=choices)


def as_markdown() -> str:
    """Return docs/journey.md: the table and its diagram, in English."""
    return "\n".join([*_HEAD, *map(_row, TABLE), "", "```mermaid", *_diagram(), "```", ""])


_HEAD = (
    "# The life of an interview",
    "",
    "This page is drawn from `bot/model/journey.py`; a test keeps the two alike. What is not in the table",
    "is not possible: Askwell then changes nothing and says what can be done instead.",
    "",
    "The diagram leaves out the ways to “set aside” and “closed”, which nearly every state has.",
    "",
    "| When it stands at | this can happen |",
    "|---|---|",
)


def _row(state: State) -> str:
    moves = "<br>".join(f"{EVENT_WORDS[event]} → *{STATE_WORDS[to]}*" for event, to in TABLE[state].items())
    return f"| **{STATE_WORDS[state]}** (`{state}`) | {moves or 'nothing more: they asked for it'} |"


def _diagram() -> list[str]:
    """Return the lines of a mermaid state diagram. The ways to set aside and closed would hide the others."""
    names = [f'    state "{STATE_WORDS[state]}" as {_node(state)}' for state in TABLE]
    arrows = [
        f"    {_node(state)} --> {_node(to)}: {event}"
        for state, moves in TABLE.items()
        for event, to in moves.items()
        if event not in _SET_ASIDE
    ]
    return ["stateDiagram-v2", *names, "    [*] --> idea", *arrows]


def _node(state: State) -> str:
    """Return a name that mermaid accepts: it reads a hyphen as the start of an arrow."""
    return state.replace("-", "_")
