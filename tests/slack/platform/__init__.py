"""Stands in for Slack on this computer, and is as strict as Slack's documents.

`async with serving(manifest) as slack:` starts one; `slack.workspace("northside")` makes a workspace, `.user("ana")` a
person in it who types, presses and submits. Whatever the app does against the documents is in `slack.violations`.
"""

from tests.slack.platform.filling import NotAllowed
from tests.slack.platform.people import Person
from tests.slack.platform.server import Platform
from tests.slack.platform.sight import Seen
from tests.slack.platform.site import serving
from tests.slack.platform.state import Violation
from tests.slack.platform.words import words_of
from tests.slack.platform.workspace import Workspace

__all__ = ["NotAllowed", "Person", "Platform", "Seen", "Violation", "Workspace", "serving", "words_of"]
