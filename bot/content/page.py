"""Reads one content file: header lines `key: words`, an empty line, a body in plain sentences."""

import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from pathlib import Path

from bot.content.problem import Problem, listed, meant, printable, quoted
from bot.record import record

LARGEST = 20_000
"""Bytes. The longest allowed item is far smaller, so a larger file is a picture or a document gone astray."""

HEADER_LINE = re.compile(r"\s*([A-Za-z][A-Za-z-]*)\s*:(.*)")
MARKS = re.compile(r"^\s*(?:#|[-*+>] )|\*\*|__|`|\]\(")
"""What Markdown would draw. Bodies are shown as typed, so a reader would see the marks themselves."""

MISLEADING = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Invisible characters, besides the control characters, that change how the words around them are drawn."""


@record
class Kind:
    """A kind of item: where its files lie, what they are called and which header lines they have."""

    name: str
    folder: str
    file_name: re.Pattern[str]
    file_rule: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return self.required + self.optional


@record
class Line:
    """Words, and the number of the line they stand on. The first line is 1."""

    number: int
    text: str


@record
class Page:
    """One file that has been read. *body_line* is where the body begins; without one, the last header line.

    A page that *is_readable* can still lack what it should say. *problems* grows while the page is read and
    compared with the others, so that all are told in one go.
    """

    kind: Kind
    file: str
    slug: str
    header: dict[str, Line] = field(default_factory=dict)
    body_lines: tuple[Line, ...] = ()
    body_line: int = 1
    is_readable: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def body(self) -> str:
        return "\n\n".join(_paragraphs(self.body_lines))

    def complain(self, line: int, sentence: str) -> None:
        self.problems.append(Problem(self.file, line, printable(sentence)))

    def line_of(self, key: str) -> int:
        """Return the line on which *key* stands, or 1 if the page lacks it."""
        return self.header[key].number if key in self.header else 1

    def text_of(self, key: str) -> str:
        return self.header[key].text if key in self.header else ""


def read_page(path: Path, kind: Kind) -> Page:
    """Return what *path* holds. It never raises: whatever is wrong is in the page's problems."""
    bare = Page(kind, f"{kind.folder}/{printable(path.name)}", path.stem)
    if not kind.file_name.fullmatch(path.stem):
        bare.complain(1, kind.file_rule)
    text = _text(path, bare)
    if text is None:
        return bare
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    _check_characters(lines, bare)
    return _split(lines, bare)


def _text(path: Path, page: Page) -> str | None:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        page.complain(1, f"This file cannot be opened ({error.strerror}). Look at its permissions.")
        return None
    if len(data) > LARGEST:
        page.complain(1, f"This file is longer than {LARGEST:,} bytes. Is it really one of the texts?")
        return None
    return _decoded(data.removeprefix(BOM_UTF8), page)


def _decoded(data: bytes, page: Page) -> str | None:
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        page.complain(line, 'This line is not UTF-8 text. Save the file again with the encoding "UTF-8".')
        return None
    if text.isspace() or not text:
        page.complain(1, f'This file is empty. Begin it with a line "{page.kind.required[0]}: ...".')
        return None
    return text


def _check_characters(lines: list[Line], page: Page) -> None:
    for line in lines:
        if "\t" in line.text:
            page.complain(line.number, "This line holds a tab. Use spaces instead.")
        for bad in sorted({c for c in line.text if c != "\t" and _is_hidden(c)}):
            sentence = f"This line holds an invisible character (U+{ord(bad):04X}). Type the line anew."
            page.complain(line.number, sentence)


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) == "Cc" or character in MISLEADING


def _split(lines: list[Line], bare: Page) -> Page:
    start = next(at for at, line in enumerate(lines) if line.text.strip())
    end = next((at for at, line in enumerate(lines[start:], start) if not line.text.strip()), len(lines))
    header = _header(lines[start:end], bare)
    body = tuple(lines[end:])
    _check_body(body, bare)
    body_line = next((line.number for line in body if line.text.strip()), lines[end - 1].number)
    return replace(bare, header=header, body_lines=body, body_line=body_line, is_readable=True)


def _header(lines: list[Line], page: Page) -> dict[str, Line]:
    header: dict[str, Line] = {}
    for line in lines:
        match = HEADER_LINE.fullmatch(line.text)
        if match is None:
            page.complain(line.number, NOT_A_HEADER_LINE)
        elif _is_welcome(key := match[1].casefold(), line.number, header, page):
            header[key] = Line(line.number, match[2].strip())
    return header


NOT_A_HEADER_LINE = 'This line is not like "key: words". Put an empty line above the body.'


def _is_welcome(key: str, number: int, header: dict[str, Line], page: Page) -> bool:
    if key not in page.kind.keys:
        page.complain(number, f"The key {quoted(key)} is not known here. {_advice(key, page.kind)}")
    elif key in header:
        page.complain(number, f'Line {header[key].number} says "{key}" already. Keep one of the two lines.')
    else:
        return True
    return False


def _advice(key: str, kind: Kind) -> str:
    near = meant(key, kind.keys)
    return f'Did you mean "{near}"?' if near else f"A {kind.name} has {listed(kind.keys)}."


def _check_body(lines: Iterable[Line], page: Page) -> None:
    for line in lines:
        match = HEADER_LINE.fullmatch(line.text)
        if match and match[1] in page.kind.keys:
            page.complain(line.number, f'Move the line "{match[1]}: ..." above the first empty line.')
        elif mark := MARKS.search(line.text):
            page.complain(line.number, f'Write plain sentences: "{mark[0].strip()}" would be shown as typed.')


def _paragraphs(lines: Iterable[Line]) -> Iterator[str]:
    """Yield each paragraph on one line: a chat message would break it wherever the file does."""
    gathered: list[str] = []
    for line in [*lines, Line(0, "")]:
        if words := line.text.strip():
            gathered.append(words)
        elif gathered:
            yield " ".join(gathered)
            gathered = []
