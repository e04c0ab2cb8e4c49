"""Guesses by a few frequent words whether a text is in another language than English."""

from bot.model.english import core, tidy

_ENGLISH = (
    "the you your what how why which who where when are does did could would should this there they tell "
    "with people job work about have has had my and is it"
)
_ELSEWHERE = (
    "est que qui vous votre vos avez aimez quel quelle quels quelles comment pourquoi combien où les des "
    "une dans pour avec sie ihr ihre ihnen ist und das wie warum welche welcher haben sind ein eine nicht "
    "usted qué cómo cuál por está el los las una del trabajo você seu sua os como um uma ang mga ba po "
    "kayo inyo ano paano bakit ng het een jij hoe waarom che cosa perché lei suo il lavoro di jak czy "
    "dlaczego le la su le tu ton"
)


def is_foreign(text: str) -> bool:
    """Say whether *text* seems to be in another language than English."""
    letters = [letter for letter in text if letter.isalpha()]
    if "¿" in text or 2 * sum(letter > "\u024f" for letter in letters) > len(letters):
        return True
    words = [core(word) for word in tidy(text).replace("-", " ").split()]
    strange = sum(map(frozenset(_ELSEWHERE.split()).__contains__, words))
    return 3 * strange >= len(words) and strange > 0 and set(words).isdisjoint(_ENGLISH.split())
