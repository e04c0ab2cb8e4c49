"""Checks rich text. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block"""

from typing import Any

from tests.slack.platform.shapes import At, Check, Shape, flag, kind_of, many, one_of, text, whole

_LONG = 100_000  # no length is documented for rich text; the whole message has one
_STYLE = Shape(may=dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight", "unlink"), flag))
_STYLED: dict[str, Check] = {"style": _STYLE}


def _moment(value: Any, at: At) -> None:
    if not isinstance(value, str) or "{" not in value:
        at.wrong("must be a date format with a {token}")


_INLINE = kind_of(
    {
        "text": Shape({"text": text(_LONG)}, _STYLED),
        "link": Shape({"url": text(3000)}, _STYLED | {"text": text(_LONG), "unsafe": flag}),
        "user": Shape({"user_id": text(20)}, _STYLED),
        "usergroup": Shape({"usergroup_id": text(20)}, _STYLED),
        "channel": Shape({"channel_id": text(20)}, _STYLED),
        "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, _STYLED),
        "emoji": Shape({"name": text(100)}, _STYLED | {"unicode": text(100), "skin_tone": whole(1, 6)}),
        "date": Shape(
            {"timestamp": whole(0, 10**11), "format": _moment},
            _STYLED | {"url": text(3000), "fallback": text(_LONG)},
        ),
        "color": Shape({"value": text(20)}),
    }
)
_SECTION = Shape({"elements": many(_INLINE, 0, 1000)})

RICH = kind_of(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": Shape(
            {"style": one_of("bullet", "ordered"), "elements": many(kind_of({"rich_text_section": _SECTION}), 1, 1000)},
            {"indent": whole(0, 8), "offset": whole(0, 10**6), "border": whole(0, 1)},
        ),
        "rich_text_preformatted": Shape({"elements": many(_INLINE, 1, 1000)}, {"border": whole(0, 1)}),
        "rich_text_quote": Shape({"elements": many(_INLINE, 1, 1000)}, {"border": whole(0, 1)}),
    }
)
