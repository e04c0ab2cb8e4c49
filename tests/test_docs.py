"""Holds the pages of docs/ that are made from the code against the code."""

import re
from pathlib import Path

import pytest

from app.docs import pages


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_a_generated_page_is_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == pages()[path], "python3 askwell.py docs makes it anew"


def test_every_link_in_the_readme_leads_somewhere() -> None:
    root = Path(__file__).parent.parent
    links = re.findall(r"\]\(([^)#:]+)\)", (root / "README.md").read_text("utf-8"))

    assert links
    assert [link for link in links if not (root / link).exists()] == []
