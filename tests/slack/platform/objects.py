"""Checks Block Kit's composition objects: texts, options, confirmations.

https://docs.slack.dev/reference/block-kit/composition-objects
"""

from typing import Any

from tests.slack.platform.shapes import At, Check, Shape, flag, kind_of, many, one_of, text


def plain(longest: int) -> Check:
    """Return the check of a plain_text object."""
    return kind_of({"plain_text": Shape({"text": text(longest)}, {"emoji": flag})})


def marked(longest: int) -> Check:
    """Return the check of a text object, plain or mrkdwn."""
    return kind_of(
        {
            "plain_text": Shape({"text": text(longest)}, {"emoji": flag}),
            "mrkdwn": Shape({"text": text(longest)}, {"verbatim": flag}),
        }
    )


PLACEHOLDER = plain(150)

CONFIRM = Shape(
    {"title": plain(100), "text": marked(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)

OPTION = Shape({"text": plain(75), "value": text(150)}, {"description": plain(75)})
MARKED_OPTION = Shape({"text": marked(75), "value": text(150)}, {"description": marked(75)})
OVERFLOW_OPTION = Shape({"text": plain(75), "value": text(150)}, {"description": plain(75), "url": text(3000)})
OPTION_GROUP = Shape({"label": plain(75), "options": many(OPTION, 1, 100)})


def menu(value: Any, at: At) -> None:
    """Check that a static menu has options or groups, not both, and that what is chosen at first is among them."""
    if ("options" in value) == ("option_groups" in value):
        at.wrong("needs either options or option_groups")
    among_options(value, at)


def among_options(value: Any, at: At) -> None:
    """Check that what is chosen at first is one of the options, letter by letter."""
    offered = options_of(value)
    chosen = [*value.get("initial_options", ()), *([value["initial_option"]] if "initial_option" in value else ())]
    if any(option not in offered for option in chosen):
        at.wrong("what is chosen at first must be one of the options")


def options_of(value: Any) -> list[Any]:
    """Return every option of a menu, those inside groups as well."""
    grouped = [option for group in value.get("option_groups", ()) for option in group.get("options", ())]
    return [*value.get("options", ()), *grouped]


OPTIONS = many(OPTION, 1, 100)
SUGGESTIONS = Shape(may={"options": many(OPTION, 0, 100), "option_groups": many(OPTION_GROUP, 0, 100)})
GROUPS = many(OPTION_GROUP, 1, 100)
