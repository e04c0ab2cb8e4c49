"""Draws the pages that a browser sees while somebody installs Askwell, each with one next step."""

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from starlette.responses import HTMLResponse

from adapters.slack import paths
from adapters.slack.scopes import SCOPES
from bot.record import record
from bot.talk.words import _

HERE = Path(__file__).parent / "templates"
STYLE = (HERE / "page.css").read_text("utf-8")
_TEMPLATE = Environment(
    loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
).get_template("page.html")

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",  # the address of the last page holds a code of Slack's
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@record
class Points:
    title: str
    items: tuple[str, ...]


@record
class Page:
    """*next* is the one next step, a link to *href*."""

    title: str
    words: tuple[str, ...]
    next: str
    href: str
    points: tuple[Points, ...] = ()
    small: str = ""
    status: int = 200


def drawn(page: Page) -> HTMLResponse:
    return HTMLResponse(_TEMPLATE.render(page=page, style=Markup(STYLE)), page.status, HEADERS)  # noqa: S704 - our file


def invitation() -> Page:
    """Say what Askwell asks for before Slack does."""
    may = tuple(_(scope.reason) for scope in SCOPES)
    never = (
        _("read what is written in channels"),
        _("post anything that nobody has seen and agreed to"),
        _("write to the contacts that members note down"),
    )
    return Page(
        _("Add Askwell to Slack"),
        (_("Askwell helps a group prepare talks with people who do the work its members are curious about."),),
        _("Add to Slack"),
        paths.START,
        (Points(_("It may"), may), Points(_("It will never"), never)),
        _("Slack asks you to confirm. In some workspaces an owner or admin has to approve new apps."),
    )


def welcome(workspace: str, link: str, *, is_whole: bool) -> Page:
    """*is_whole* when it was installed for an organisation, which does not yet put it into any workspace."""
    begin = _("Next, type /career in any channel: what it answers is for your eyes only.")
    spread = _(
        "Next, in your organisation's settings in Slack, choose the workspaces that get Askwell. "
        "Then people type /career there."
    )
    return Page(
        _("Askwell is in {workspace}").format(workspace=workspace or _("your workspace")),
        (spread if is_whole else begin,),
        _("Open Slack"),
        link,
        small=_("For cards that members share in a channel, invite it there: /invite @Askwell"),
    )


def _again(title: str, words: str, status: int) -> Page:
    return Page(title, (words,), _("Start again"), paths.INSTALL, status=status)


def declined() -> Page:
    return _again(
        _("Nothing was installed"),
        _(
            "Slack was told no, and nothing has changed. If your workspace lets only an owner or admin add apps, "
            "send them the address of the page that opens here."
        ),
        200,
    )


def run_out() -> Page:
    return _again(
        _("This way back from Slack has closed"),
        _("It works once, within ten minutes, in the browser where you began. Nothing was installed on this way."),
        400,
    )


def used() -> Page:
    return _again(
        _("Slack's answer was used already"),
        _("Perhaps this page was loaded twice. Type /career in Slack: if it answers, all is well. Else start again."),
        400,
    )


def not_now() -> Page:
    return _again(
        _("Slack does not answer just now"),
        _("Askwell could not finish with Slack. Wait a few minutes, then start again: doing it twice does no harm."),
        503,
    )


def not_set_up() -> Page:
    return _again(
        _("This Askwell is not set up for Slack yet"),
        _("Slack did not accept how it introduced itself. Whoever runs this Askwell finds the reason in its log."),
        500,
    )


def our_fault() -> Page:
    return _again(
        _("That is our fault"),
        _("Slack said yes, and Askwell could not note it down. Start again, please: doing it twice does no harm."),
        500,
    )
