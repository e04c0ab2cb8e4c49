"""Hands components to discord.py that are drawn already."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from discord import ui

Part: TypeAlias = dict[str, Any]
"""A component as Discord takes it: https://docs.discord.com/developers/components/reference"""


class Layout(ui.LayoutView):
    """A message of *parts*, one below the other. To make discord.py's own items of them, and data of those again, more
    than doubles what drawing takes.

    It is stopped, so that discord.py keeps none of it in memory: presses are read from the raw interaction.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__(timeout=None)
        self.parts = parts
        self.stop()

    def to_components(self) -> list[Part]:
        return [*self.parts]

    def has_components_v2(self) -> bool:
        return True
