"""Holds what a step is: one small thing to do, from the guide."""

from enum import StrEnum
from typing import NewType

from bot.record import record

StepSlug = NewType("StepSlug", str)


class Phase(StrEnum):
    """Which part of an interview's life a step belongs to."""

    STARTING = "starting"
    FINDING = "finding"
    PREPARING = "preparing"
    ARRANGING = "arranging"
    HOLDING = "holding"
    FOLLOWING_UP = "following-up"


@record
class Step:
    """One thing to do. *guide* names the lines of the guide that it realises (`S-09`); *minutes* is an estimate.

    *title* and *body* may hold `{contact}`, `{organisation}` and `{field}`, filled from the interview. *is_research*
    marks the steps that are worth doing before anybody is written to.
    """

    slug: StepSlug
    title: str
    body: str
    phase: Phase
    order: int
    minutes: int
    guide: tuple[str, ...]
    is_research: bool = False
