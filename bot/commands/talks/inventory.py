"""What a member knows about themselves: written down once, used in the brief of every talk."""

from typing import Annotated, Any

from bot.commands.rhythm.agenda import Said, keep, offer
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.people import Inventory
from bot.model.step import StepSlug
from bot.talk.form import Paragraph, Values
from bot.talk.view import Buttons, View, say
from bot.talk.words import N_, _

INTRODUCTION = StepSlug("introduction")
"""The step that is done once an introduction is written here."""


async def _known(ctx: Context, known: dict[str, Any]) -> Values:
    mine = ctx.member.inventory
    return {
        "introduction": mine.introduction, "values": mine.values, "interests": mine.interests, "skills": mine.skills
    }  # fmt: skip


@command(
    "start about", N_("A few words about you"), topic=Topic.BEGIN, is_listed=False, prefill=_known,
    intro=N_("Only you see this. It stands in the brief of every talk, so you write it once."),
)  # fmt: skip
async def about(
    ctx: Context,
    introduction: Annotated[
        str,
        Paragraph(N_("Who you are, in 30 seconds"), N_("As you would say it: who, what, why this field."), limit=500),
    ] = "",
    values: Annotated[str, Paragraph(N_("What matters to you"), limit=300)] = "",
    interests: Annotated[str, Paragraph(N_("What interests you"), limit=300)] = "",
    skills: Annotated[str, Paragraph(N_("What you do well"), limit=300)] = "",
) -> View:
    await ctx.store.members.set_inventory(ctx.member.id, Inventory(values, interests, skills, introduction))
    if introduction and ctx.library.step(INTRODUCTION) is not None:
        await keep(ctx, 0, INTRODUCTION, Said.DONE)
    said = say(_("Saved. It stands in the brief of each of your talks."))
    doors = (*offer(ctx, "home", _("Where things stand")), *offer(ctx, "plan", _("Your plans")))
    return View(_("About you"), (said, Buttons(doors))).instead()
