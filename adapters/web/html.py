"""Builds HTML from pieces; whatever is not already HTML is escaped, attributes included."""

from markupsafe import Markup, escape

_NAMES = {"class_": "class", "for_": "for"}
_VOID = frozenset({"input", "br", "hr"})


def tag(name: str, /, *children: str, **attributes: str | int | bool | None) -> Markup:
    """Return the element *name*. `True` writes an attribute without a value, `False` and `None` leave it out;
    `data_press` is written as `data-press`."""
    opening = Markup("<{}{}>").format(name, _attributes(attributes))
    return opening if name in _VOID else opening + joined(*children) + Markup("</{}>").format(name)


def joined(*children: str) -> Markup:
    """Return *children* one after the other."""
    return Markup("").join(escape(child) for child in children)


def _attributes(attributes: dict[str, str | int | bool | None]) -> Markup:
    return Markup("").join(
        _attribute(_NAMES.get(name, name).replace("_", "-"), value)
        for name, value in attributes.items()
        if value is not None and value is not False
    )


def _attribute(name: str, value: str | int | bool) -> Markup:
    return Markup(" {}").format(name) if value is True else Markup(' {}="{}"').format(name, value)
