"""A member's own data: take it along, or have it deleted."""

from typing import Annotated

from bot.commands.contacts.withdrawal import take_off_all
from bot.commands.yours.export_file import export_file
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.contact import Standing
from bot.model.people import MemberId
from bot.talk.form import Key
from bot.talk.view import Bullets, Buttons, Heading, Spans, View, say, small
from bot.talk.words import N_, _, ngettext


@command("export", N_("Get a copy of everything kept about you"), topic=Topic.YOURS, reads=True)
async def export(ctx: Context) -> View:
    """One file with all that I keep about you: your settings, contacts, talks, plans, steps and asks. Only you get
    it."""
    inside = say(
        _("Your settings, what you wrote about yourself, your contacts with their details and your notes, your talks "
          "and plans, the steps you marked, your asks, and what I sent you.")
    )  # fmt: skip
    care = say(_("E-mail addresses and phone numbers of your contacts stand in it, so keep the file to yourself."))
    rest = small(
        _("Not in it: who asked about your contacts (only that somebody did), what others wrote down, and the messages "
          "in this chat, which the platform keeps.")
    )  # fmt: skip
    return View(_("Your data"), (inside, await export_file(ctx), care, rest))


@command("forget me", N_("Delete everything kept about you"), topic=Topic.YOURS, reads=True)
async def forget(ctx: Context) -> View:
    """Shows what would be deleted and what stays without your name. Nothing is deleted before you say so twice."""
    head = say(_("This is what I would delete. Nothing has happened yet."))
    choice = Buttons(
        (export.primary(_("Export first")), sure.button(_("Go on to delete")), kept.button(_("Keep everything")))
    )
    stays = Bullets(tuple((line,) for line in await _stays(ctx)))
    return View(
        _("Forget me"),
        (head, Bullets(await _goes(ctx)), Heading(_("What stays, without your name")), stays, choice),
    ).instead()


@command("forget sure", N_("Confirm the deletion"), topic=Topic.YOURS, is_listed=False, reads=True)
async def sure(ctx: Context) -> View:
    asked = say(_("After this nobody can bring it back, and no copy is kept here."))
    choice = Buttons((now.danger(_("Delete everything of mine"), ctx.member.id), kept.button(_("Keep everything"))))
    return View(_("Delete everything of yours?"), (asked, choice)).instead()


@command("forget not", N_("Keep everything"), topic=Topic.YOURS, is_listed=False, reads=True)
async def kept(ctx: Context) -> View:
    return View(_("Nothing was deleted"), (say(_("Everything of yours is where it was.")),)).instead()


@command("forget now", N_("Delete everything kept about you"), topic=Topic.YOURS, is_listed=False, is_kept=False)
async def now(ctx: Context, member: Annotated[MemberId, Key()]) -> View:
    # No answer is kept for somebody forgotten. Delivered twice, the second finds somebody new, made by this very call,
    # and forgets them as well. Who came back since then is asked anew: the button was not about what they have now.
    if ctx.member.id != member and ctx.member.joined_at != ctx.now:
        return await forget.run(ctx)
    await take_off_all(ctx)
    await ctx.store.members.forget(ctx.member.id)
    done = say(_("Your data in this group is deleted. Cards of yours in a channel now say that they are gone."))
    thanks = say(_("Thank you for the time you were here. All the best for your talks."))
    back = small(_("Should you ever want to begin again: /career start. We would start from a blank page."))
    return View(_("Deleted"), (done, thanks, back)).instead()


async def _goes(ctx: Context) -> tuple[Spans, ...]:
    own = await ctx.store.contacts.of(ctx.member.id)
    shared = sum(contact.standing is Standing.SHARED for contact in own)
    talks, marks = len(await ctx.store.interviews.of(ctx.member.id)), len(await ctx.store.steps.of(ctx.member.id))
    open_asks = sum(ask.is_open(ctx.now) for ask in await ctx.store.asks.by(ctx.member.id))
    lines = (
        (len(own), ngettext("{n} contact, with details and notes", "{n} contacts, with details and notes", len(own))),
        (shared, ngettext("{n} of them leaves the board", "{n} of them leave the board", shared)),
        (talks, ngettext("{n} talk, with its plan", "{n} talks, with their plans", talks)),
        (marks, ngettext("{n} step that you marked", "{n} steps that you marked", marks)),
        (open_asks, ngettext("{n} open ask: others may ask then", "{n} open asks: others may ask then", open_asks)),
    )
    counted = tuple((words.format(n=n),) for n, words in lines if n)
    return (*counted, (_("your settings, what you wrote about yourself, and every message that waits for you"),))


async def _stays(ctx: Context) -> tuple[str, ...]:
    mine = sum(question.author == ctx.member.id for question in await ctx.store.questions.all())
    questions = ngettext("{n} question of yours in the bank", "{n} questions of yours in the bank", mine).format(n=mine)
    return (
        *((questions,) if mine else ()),
        _("the days of your asks, because they give the people you asked a rest"),
        _("that somebody asked us to stop, so that nobody adds them again"),
        _("what others wrote down for their own talks, and the messages in this chat"),
    )
