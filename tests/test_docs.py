"""Holds the pages of docs/ that are made from the code against the code."""

import re
from pathlib import Path

import pytest

from adapters.slack.scopes import scope_table
from app.docs import pages
from app.settings import Settings

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_a_generated_page_is_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == pages()[path], "python3 askwell.py docs makes it anew"


def test_every_link_in_the_readme_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text("utf-8"))

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_page_about_slack_gives_the_reason_for_every_scope() -> None:
    assert scope_table() in (ROOT / "docs" / "slack.md").read_text("utf-8")


def test_every_setting_is_explained_in_the_example_file() -> None:
    names = {str(field.validation_alias) for field in Settings.model_fields.values()}
    explained = set(re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))

    assert names == explained
