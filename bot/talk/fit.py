"""Makes any view fit a platform: one pass that splits and pages, and loses nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.talk.check import bugs
from bot.talk.cut import fill, shorten
from bot.talk.fits import fits
from bot.talk.limits import Limits
from bot.talk.size import LINE, Size, size, title_size
from bot.talk.split import split, unsaid
from bot.talk.view import Buttons, Element, Heading, Select, Text, View
from bot.talk.words import _


def fit(view: View, limits: Limits) -> tuple[View, ...]:
    """Return *view* as pages that keep to every number of *limits*; one that does already stays as it is.

    Long words are cut at the best place, a long list goes on in the next element, and what is too much for
    one message goes on in the next, under the same title. A title or label that is too long ends in an
    ellipsis and is said in full beside it. What would draw nothing (a list without items) is left out. Call
    it while the reader's language is `speaking`.

    Raises ValueError for a press, a file or an option's value that is too large, which only a programmer can mend.
    """
    if fits(view, limits):
        return (view,)
    if broken := bugs(view, limits):
        raise ValueError(" ".join(broken))
    title = shorten(view.title, limits.title, limits)
    more = fill(_("{title} (continued)"), title, limits.title, limits) if title else ""
    page = _below((title, more), limits)
    body = (*(Text((words,)) for words in unsaid(view.title, title)), *view.body)
    pieces = [piece for element in body for piece in split(element, _for_one(page))]
    first, *others = _pages(pieces, page)
    return (
        replace(view, title=title, body=first),
        *(replace(view, title=more, body=other, is_instead=False) for other in others),
    )


def _below(titles: tuple[str, ...], limits: Limits) -> Limits:
    """Return what *limits* leave below the longest of *titles*."""
    heads = [title_size(title, limits) for title in titles]
    total = limits.total - max(head.chars for head in heads)
    return replace(limits, blocks=limits.blocks - 1, parts=limits.parts - 1, total=total)


def _for_one(page: Limits) -> Limits:
    """Return what one element may take of *page*, so that a heading above and a row of buttons below stay with it."""
    total = page.total - page.heading - LINE - page.row * page.label
    return replace(page, total=total, text=min(page.text, total), fact=min(page.fact, total))


def _pages(elements: list[Element], page: Limits) -> list[tuple[Element, ...]]:
    pages: list[list[Element]] = [[]]
    taken = Size()
    for group in _groups(elements, page):
        own = _weigh(group, page)
        if pages[-1] and not (taken + own).is_within(page):
            pages.append([])
            taken = Size()
        pages[-1] += group
        taken += own
    return [tuple(some) for some in pages]


def _groups(elements: list[Element], page: Limits) -> Iterator[list[Element]]:
    """Yield what belongs on one page: a heading with what it heads, buttons with what they stand below."""
    group: list[Element] = []
    for element in elements:
        if group and not _belongs(element, group[-1]):
            yield from _apart(group, page)
            group = []
        group.append(element)
    yield from _apart(group, page)


def _belongs(element: Element, before: Element) -> bool:
    is_below = isinstance(element, Buttons | Select) and not isinstance(before, Buttons | Select)
    return is_below or isinstance(before, Heading)


def _apart(group: list[Element], page: Limits) -> Iterator[list[Element]]:
    """Yield *group* whole if one page can hold it, else without as many of its first elements as it takes."""
    while len(group) > 1 and not _weigh(group, page).is_within(page):
        yield group[:1]
        group = group[1:]
    yield group


def _weigh(elements: Iterable[Element], limits: Limits) -> Size:
    return sum((size(element, limits) for element in elements), Size())
