"""Compares the pages with each other: what may be there only once, and what must be there to be named."""

from collections.abc import Hashable, Iterable, Sequence

from bot.content.page import Page
from bot.content.values import unknown
from bot.model.question import Slot

ONLY_ONCE = (Slot.OPENER, Slot.SECOND_LAST, Slot.LAST)


def check_unlike(values: Iterable[tuple[Page, Hashable | None]], key: str, sentence: str) -> None:
    """Complain of each page that repeats an earlier one's value; None repeats nothing.

    *sentence* names the earlier page as {file}.
    """
    first: dict[Hashable, Page] = {}
    for page, value in values:
        if value is not None and (other := first.setdefault(value, page)) is not page:
            page.complain(page.line_of(key), sentence.format(file=other.file))


def check_titles(pages: Sequence[Page], key: str) -> None:
    """Complain of words that two pages share: usually a copy whose words were left as they were."""
    values = [(page, page.text_of(key).casefold() or None) for page in pages]
    check_unlike(values, key, "{file} has the same words. Write others here, or remove one of the two files.")


def check_orders(pages: Sequence[Page], within: str | None = None) -> None:
    """Complain of a place that two pages claim. Each value of the key *within* has places of its own."""
    values = [(page, _place(page, within)) for page in pages]
    check_unlike(values, "order", '{file} has the same "order:". Choose another number for one of them.')


def _place(page: Page, within: str | None) -> tuple[str, str] | None:
    order = page.text_of("order").lstrip("0")
    return (order, page.text_of(within) if within else "") if order else None


def check_slots(pages: Sequence[Page]) -> None:
    single = [(page, slot) for page in pages if (slot := page.text_of("slot")) in ONLY_ONCE]
    check_unlike(single, "slot", "{file} has this slot already, and only one question can have it.")


def check_named(pages: Sequence[Page], key: str, known: Sequence[str]) -> None:
    """Complain of each page whose *key* names an item that has no file."""
    for page in pages:
        if known and (name := page.text_of(key)) and name not in known:
            unknown(page, key, name, known)


def check_follows(pages: Sequence[Page]) -> None:
    """Complain of questions that would wait for each other."""
    before = {page.slug: page.text_of("follows") for page in pages}
    for page in pages:
        if page.slug in _chain(before, page.slug):
            page.complain(page.line_of("follows"), CIRCLE)


CIRCLE = "The follows lines lead from here back to here. Remove one of them."


def _chain(before: dict[str, str], slug: str) -> list[str]:
    chain: list[str] = []
    while (slug := before.get(slug, "")) and slug not in chain:
        chain.append(slug)
    return chain
