"""Collects the texts for people into the template that translators begin with.

They are what `_`, `N_` and `ngettext` mark, in code and in the playground's pages, and each command's help.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

import bot.commands
from bot.desk.registry import registry_of

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "bot" / "content" / "locale" / "askwell.pot"
ROOMS = ("bot", "adapters")
COMMAND = "command"
"""The context of words that are typed: parts of commands and names of their options, which some platforms translate."""

METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def template() -> bytes:
    """Return the template, the same for the same texts: without dates, and without line numbers that change daily."""
    catalog = Catalog(project="Askwell", fuzzy=False, header_comment="# Texts of Askwell, made by .ci/words.")
    for room in ROOMS:
        found = extract_from_dir(ROOT / room, METHODS, keywords=KEYWORDS)
        for file, _line, message, _comments, context in sorted(found, key=lambda one: (one[0], one[1])):
            catalog.add(message, locations=[(f"{room}/{Path(file).as_posix()}", 0)], context=context)
    for command in registry_of(bot.commands).listed:
        place = [(f"{command.run.__module__.replace('.', '/')}.py", 0)]
        catalog.add(command.help, locations=place)
        for name in (*command.path.split(), *(param.name for param, _field in command.visible)):
            catalog.add(name, locations=place, context=COMMAND)
    written = BytesIO()
    write_po(written, catalog, width=120, omit_header=True, include_lineno=False)
    return written.getvalue()


if __name__ == "__main__":
    TEMPLATE.write_bytes(template())
