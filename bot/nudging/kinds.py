"""Holds the kinds of things a nudge can be about: each is named, explained, and can be stopped by itself."""

from collections.abc import Mapping
from enum import StrEnum

from bot.model.step import Phase
from bot.talk.words import N_, _


class Kind(StrEnum):
    """What a nudge is about, the most urgent first."""

    HOLD = "hold"
    TALK = "talk"
    FOLLOW_UP = "follow-up"
    ARRANGE = "arrange"
    PREPARE = "prepare"
    FIND = "find"


LABELS: Mapping[Kind, str] = {
    Kind.HOLD: N_("Holds that are about to end"),
    Kind.TALK: N_("The days before a talk"),
    Kind.FOLLOW_UP: N_("After a talk"),
    Kind.ARRANGE: N_("Arranging a talk"),
    Kind.PREPARE: N_("Preparing a talk"),
    Kind.FIND: N_("Finding people to talk to"),
}

REASONS: Mapping[Kind, str] = {
    Kind.HOLD: N_("You took a hold on somebody, and it ends by itself."),
    Kind.TALK: N_("A talk of yours is booked."),
    Kind.FOLLOW_UP: N_("You talked to somebody, and a few things read best soon after."),
    Kind.ARRANGE: N_("You are about to write to somebody, or wait for an answer."),
    Kind.PREPARE: N_("You are preparing a talk: one small step a day."),
    Kind.FIND: N_("No talk is planned yet, so these are places to look."),
}

_OF_PHASE: Mapping[Phase, Kind] = {
    Phase.STARTING: Kind.FIND,
    Phase.FINDING: Kind.FIND,
    Phase.PREPARING: Kind.PREPARE,
    Phase.ARRANGING: Kind.ARRANGE,
    Phase.HOLDING: Kind.TALK,
    Phase.FOLLOWING_UP: Kind.FOLLOW_UP,
}


def kind_of(phase: Phase) -> Kind:
    """Return the kind of nudge that the steps of *phase* come in."""
    return _OF_PHASE[phase]


def label(kind: Kind) -> str:
    """Return what *kind* is called where it can be stopped or allowed."""
    return _(LABELS[kind])


def why(kind: Kind) -> str:
    """Return the sentence that tells somebody why this kind comes to them."""
    return _(REASONS[kind])


ASKS_AFTER = 3
"""So many nudges of one kind in a row without an answer, and the next one asks whether to keep it."""

STOPS_AFTER = 4
"""No answer to that question either: the kind stops by itself, and `/career today` says so once."""
