"""Says names and descriptions in every language that Askwell speaks, as application commands carry them."""

import unicodedata
from collections.abc import Callable, Mapping
from gettext import GNUTranslations, NullTranslations
from typing import Any, TypeAlias

from discord import Locale

from bot.talk.words import catalogue, speaking

Json: TypeAlias = dict[str, Any]
Languages: TypeAlias = Mapping[str, NullTranslations]
"""Catalogues by Discord's name of the language: https://docs.discord.com/developers/reference#locales"""

CONTEXT = "command"
"""The context of names in the catalogues: what is typed is one word in small letters, whatever it means elsewhere."""

LONGEST_NAME = 32
_SIGNS = frozenset("-_'")
_SCRIPTS_WITH_MARKS = ("DEVANAGARI", "THAI")


def languages() -> Languages:
    """Return the catalogues there are; English is in none of them, for it is what the texts are written in."""
    found = {locale.value: catalogue(locale.value) for locale in Locale}
    return {locale: words for locale, words in found.items() if isinstance(words, GNUTranslations)}


def named(word: str, known: Languages) -> Json:
    """Return *word*, a name that people type, as the fields that say it in each language."""
    return _in_all("name", lambda words: words.pgettext(CONTEXT, word), known)


def labelled(say: Callable[[], str], known: Languages) -> Json:
    """Return what *say* says, a name that people read, as the fields that say it in each language."""
    return _in_all("name", _speaking(say), known)


def described(say: Callable[[], str], known: Languages) -> Json:
    """Return what *say* says, a description, as the fields that say it in each language."""
    return _in_all("description", _speaking(say), known)


def may_be_typed(name: str) -> bool:
    """Tell whether *name* can be that of a slash command or of its option.

    https://docs.discord.com/developers/interactions/application-commands#application-command-object
    """
    return 0 < len(name) <= LONGEST_NAME and name == name.lower() and all(map(_may_stand_in_a_name, name))


def _may_stand_in_a_name(char: str) -> bool:
    kind = unicodedata.category(char)[0]
    is_mark = kind == "M" and unicodedata.name(char, "").startswith(_SCRIPTS_WITH_MARKS)
    return kind in "LN" or char in _SIGNS or is_mark


def _speaking(say: Callable[[], str]) -> Callable[[NullTranslations], str]:
    def said(words: NullTranslations) -> str:
        with speaking(words):
            return say()

    return said


def _in_all(field: str, say: Callable[[NullTranslations], str], known: Languages) -> Json:
    english = say(NullTranslations())
    others = {locale: text for locale, words in known.items() if (text := say(words)) != english}
    return {field: english} | ({f"{field}_localizations": others} if others else {})
