"""Shows that every pair of colours that meets can be read by day and by night (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from adapters.web.pages import HERE

TEXT, SIGN = 4.5, 3.0
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "soft", "accent") for ground in ("paper", "side", "sheet", "private")),
    ("ink", "accent-wash", TEXT),
    ("soft", "accent-wash", TEXT),
    ("accent-ink", "accent", TEXT),
    ("danger", "sheet", TEXT),
    ("danger", "paper", TEXT),
    ("danger-ink", "danger", TEXT),
    *(("face-ink", f"tone-{tone}", TEXT) for tone in (*range(6), "askwell")),
    *(("edge", ground, SIGN) for ground in ("paper", "sheet", "private")),
    *(("accent", ground, SIGN) for ground in ("paper", "sheet", "private", "side")),
]


def _tokens(*, dark: bool) -> dict[str, str]:
    css = (HERE / "static" / "css" / "tokens.css").read_text()
    night = re.search(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n\}", css, re.DOTALL)
    assert night is not None
    day = css.replace(night[0], "")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", day))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", night[1])) if dark else found


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_colours_that_meet_can_be_read(ink: str, ground: str, least: float, dark: bool) -> None:
    tokens = _tokens(dark=dark)

    assert _contrast(tokens[ink], tokens[ground]) >= least


def test_black_on_white_is_the_strongest_contrast() -> None:
    assert round(_contrast("#000000", "#ffffff"), 2) == 21.0
