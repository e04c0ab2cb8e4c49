"""Organisers whom organisers name: how they are found, what they may do and hear, and how it is taken back."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands.group.namesakes import found, meant, persons
from bot.commands.group.organisers import MOST, MOST_SHOWN, NAMED
from bot.desk.bot import Reply
from bot.model.outbox import Never, Unreachable
from bot.model.people import Account, Actor, GroupId, Member, MemberId
from bot.talk.check import violations
from bot.talk.fit import fit
from bot.talk.limits import PLATFORMS, Limits
from bot.talk.view import Card, Press, Select
from tests.commands.sharing import titles
from tests.world import MONDAY, World, buttons, errors, said, view

ORGANISERS = "group organisers"
FORM = "group organisers name"


def _dana(world: World) -> Actor:
    """Return an admin of the workspace."""
    return world.actor("dana", is_admin=True)


async def _meet(world: World, *users: str, name: str = "") -> None:
    """Let each of *users* type /career home once; *name* is what the platform calls them."""
    for user in users:
        actor = world.actor(user)
        await world.say("help", replace(actor, name=name) if name else actor)


async def _screen(world: World, by: Actor | None = None) -> Reply:
    by = by or _dana(world)
    return await world.press(await world.say("group", replace(by, key=f"{by.key}-0")), "Organisers", by)


async def _name(world: World, who: str, by: Actor | None = None) -> Reply:
    """Let *by* (an admin unless given) send the form with *who*."""
    return await world.bot.handle(FORM, {"who": who}, by or _dana(world))


async def _suggested(world: World, typed: str, by: Actor | None = None) -> list[str]:
    return [one.value for one in await world.bot.suggest(FORM, "who", typed, by or _dana(world))]


async def _waiting(world: World, user: str = "ben") -> int:
    """Return how many letters wait that tell *user* so."""
    member = await world.member(user)
    async with world.store.unit(member.group, writes=False) as unit:
        return sum(draft.kind == NAMED for draft in await unit.outbox.live(member.id))


def _card_press(seen: Reply, title: str) -> Press:
    """Return what the button on the card *title* calls."""
    (card,) = (one for one in view(seen).body if isinstance(one, Card) and one.title == title)
    return card.buttons[0].press


async def test_organisers_see_that_nobody_is_named_and_that_admins_are_organisers_anyway(world: World) -> None:
    answer = await _screen(world)

    assert "Admins are organisers anyway" in said(answer)
    assert "Nobody else is named so far." in said(answer)
    assert [one.label for one in buttons(answer)] == ["Name an organiser", "Back to your group"]


async def test_whoever_is_named_stands_on_the_list(world: World) -> None:
    await _meet(world, "ben")
    form = await world.press(await _screen(world), "Name an organiser", _dana(world))

    answer = await world.submit(form, _dana(world), who="Ben")

    assert "Ben is an organiser now" in said(answer)
    assert titles(answer) == titles(await _screen(world)) == ["Ben"]


@pytest.mark.parametrize("path", [ORGANISERS, FORM, "group organisers choose", "group organisers back"])
async def test_only_organisers_name_organisers(world: World, path: str) -> None:
    ben = await world.member("ben")

    answer = await world.bot.handle(path, Press(path, (str(ben.id),)), world.actor("ben"))

    assert "Only organisers" in said(answer)
    assert not (await world.member("ben")).is_organiser


async def test_whoever_is_named_may_do_what_organisers_may(world: World) -> None:
    await _meet(world, "ben", "chloe")
    await _name(world, "Ben")

    answer = await _name(world, "Chloe", by=world.actor("ben"))

    assert "Chloe is an organiser now" in said(answer)
    assert "Career office" in said(await world.say("group", "chloe"))


async def test_nobody_gets_rights_in_another_group(world: World) -> None:
    await _meet(world, "ben")
    await world.say("help", world.actor("eve", workspace="W2"))
    await _name(world, "Ben")

    answer = await _name(world, "Eve")

    assert "I do not know “Eve”" in errors(answer)["who"]
    assert "Only organisers" in said(await world.say("group", world.actor("ben", workspace="W2")))


async def test_a_button_about_somebody_of_another_group_names_nobody(world: World) -> None:
    eve = await world.member("eve", workspace="W2")
    press = Press("group organisers choose", (str(eve.id),))

    answer = await world.bot.handle(press.path, press, _dana(world))

    assert "This person has left the group." in said(answer)
    assert not (await world.member("eve", workspace="W2")).is_organiser


async def test_whoever_is_named_hears_by_whom_and_what_it_means(world: World) -> None:
    await _meet(world, "ben")

    await _name(world, "Ben")
    (letter,) = await world.deliver()

    assert letter.to == "ben"
    assert "Dana named you an organiser of Club W1." in letter.text
    assert "It is all behind “Your group” in /career home." in letter.text
    answer = await world.press(letter.view, "See your group", "ben")
    assert "Career office" in said(answer)


async def test_the_letter_waits_for_the_end_of_quiet_hours(world: World) -> None:
    world.clock.forward(hours=13)  # 21:00 in Manila
    await _meet(world, "ben")
    await _name(world, "Ben")

    at_night = await world.deliver()
    world.clock.forward(hours=11)

    assert at_night == []
    assert [letter.to for letter in await world.deliver()] == ["ben"]


async def test_a_letter_that_is_late_waits_for_the_next_morning(world: World) -> None:
    world.clock.forward(hours=11)  # 19:00 in Manila
    await _meet(world, "ben")
    await _name(world, "Ben")
    world.clock.forward(hours=2)
    at_night = await world.deliver()
    world.clock.forward(hours=11)

    assert at_night == []
    assert [letter.to for letter in await world.deliver()] == ["ben"]


async def test_whoever_named_somebody_may_have_left_when_the_letter_goes_out(world: World) -> None:
    await _meet(world, "ben", "chloe")
    await _name(world, "Chloe")
    await _name(world, "Ben", by=world.actor("chloe"))
    chloe = await world.member("chloe")
    async with world.store.unit(chloe.group, writes=True) as unit:
        await unit.members.forget(chloe.id)

    (letter,) = await world.deliver()

    assert "Another organiser named you" in letter.text


async def test_naming_somebody_twice_writes_to_them_once(world: World) -> None:
    await _meet(world, "ben")
    await _name(world, "Ben")

    answer = await _name(world, "Ben")

    assert "Ben is an organiser already." in said(answer)
    assert titles(answer) == ["Ben"]
    assert len(await world.deliver()) == 1


async def test_nobody_names_themselves(world: World) -> None:
    answer = await _name(world, "Dana")

    assert "Dana is an organiser already." in said(answer)
    assert titles(answer) == []
    assert await world.deliver() == []


async def test_taking_it_back_ends_the_rights_and_tells_nobody(world: World) -> None:
    await _meet(world, "ben")
    await _name(world, "Ben")
    await world.deliver()

    answer = await world.press(await _screen(world), "Take it back", _dana(world))

    assert "Ben is no longer named as an organiser." in said(answer)
    assert titles(answer) == []
    assert "Only organisers" in said(await world.say("group", "ben"))
    assert await world.deliver() == []


async def test_taking_it_back_twice_changes_nothing_more(world: World) -> None:
    await _meet(world, "ben")
    screen = await _name(world, "Ben")
    once = await world.press(screen, "Take it back", _dana(world))

    again = await world.press(screen, "Take it back", _dana(world))

    assert said(again) == said(once)


async def test_what_is_taken_back_before_the_letter_goes_out_is_never_told(world: World) -> None:
    await _meet(world, "ben")
    await world.press(await _name(world, "Ben"), "Take it back", _dana(world))

    assert await world.deliver() == []


async def test_whoever_is_named_anew_in_the_same_night_gets_one_letter(world: World) -> None:
    world.clock.forward(hours=13)  # 21:00 in Manila
    await _meet(world, "ben")
    await world.press(await _name(world, "Ben"), "Take it back", _dana(world))

    await _name(world, "Ben")

    assert await _waiting(world) == 1


async def test_a_letter_claimed_while_it_is_taken_back_says_nothing(world: World) -> None:
    ben = await world.member("ben")
    await _name(world, "Ben")
    async with world.store.unit(ben.group, writes=True) as unit:
        await unit.members.set_organiser(ben.id, is_organiser=False)

    assert await world.deliver() == []


async def test_whoever_was_named_can_give_it_back_from_the_letter(world: World) -> None:
    await _meet(world, "ben")
    await _name(world, "Ben")
    (letter,) = await world.deliver()

    answer = await world.press(letter.view, "Give it back", "ben")

    assert "You are no longer named as an organiser." in said(answer)
    assert [one.label for one in buttons(answer)] == ["Where things stand"]
    assert titles(await _screen(world)) == []


async def test_admins_stay_organisers_whatever_is_taken_back(world: World) -> None:
    await _meet(world, "ben")
    await _name(world, "Ben")
    screen = await _name(world, "Dana", by=world.actor("ben"))

    await world.bot.handle("group organisers back", _card_press(screen, "Dana"), world.actor("ben"))

    assert titles(await _screen(world)) == ["Ben"]
    assert "Career office" in said(await world.say("group", _dana(world)))


async def test_somebody_who_never_used_the_bot_has_to_type_career_first(world: World) -> None:
    answer = await _name(world, "Femi")

    assert errors(answer) == {
        "who": "I do not know “Femi” in this group yet. Ask them to type /career home once, then name them here."
    }
    assert "Femi" in said(answer)


async def test_somebody_who_left_the_workspace_cannot_be_named(world: World) -> None:
    await _meet(world, "ben")
    await world.bot.left(Account("test", "W1", "ben"))

    answer = await _name(world, "Ben")

    assert "I do not know “Ben”" in errors(answer)["who"]
    assert await _suggested(world, "be") == []


async def test_somebody_who_left_while_the_menu_was_open_cannot_be_named(world: World) -> None:
    await _meet(world, "benita")
    menu = await _name(world, "be")
    await world.bot.left(Account("test", "W1", "benita"))

    answer = await world.choose(menu, "Benita", _dana(world))

    assert "This person has left the group." in said(answer)
    assert titles(await _screen(world)) == []


async def test_a_part_of_a_name_asks_who_is_meant_before_anybody_is_named(world: World) -> None:
    await _meet(world, "ben", "benita")

    answer = await _name(world, "be")

    assert "Whom do you mean?" in said(answer)
    assert titles(await _screen(world)) == []
    assert titles(await world.choose(answer, "Benita", _dana(world))) == ["Benita"]


async def test_a_part_of_one_name_alone_still_asks(world: World) -> None:
    await _meet(world, "benita")

    answer = await _name(world, "ben")

    assert "Whom do you mean?" in said(answer)
    assert not (await world.member("benita")).is_organiser


async def test_accents_and_case_need_not_be_typed(world: World) -> None:
    await _meet(world, "jose", name="José Ñañez")

    answer = await _name(world, "jose nanez")

    assert "José Ñañez is an organiser now" in said(answer)


async def test_two_of_the_same_name_are_told_apart_by_when_they_came(world: World) -> None:
    await _meet(world, "ben1", name="Ben")
    world.clock.forward(days=3)
    await _meet(world, "ben2", name="Ben")

    answer = await _name(world, "Ben")

    (menu,) = (one for one in view(answer).body if isinstance(one, Select))
    assert [(one.label, one.hint) for one in menu.options] == [
        ("Ben", "here since Monday 23 November, 1:00"),
        ("Ben", "here since Thursday 26 November, 1:00"),
    ]


async def test_a_suggestion_names_the_one_of_that_day(world: World) -> None:
    await _meet(world, "ben1", name="Ben")
    world.clock.forward(days=3)
    await _meet(world, "ben2", name="Ben")
    suggestions = await _suggested(world, "be")

    await _name(world, suggestions[1])

    assert suggestions == ["Ben (here since Monday 23 November)", "Ben (here since Thursday 26 November)"]
    assert not (await world.member("ben1")).is_organiser
    assert (await world.member("ben2")).is_organiser


async def test_two_of_the_same_name_and_day_are_still_told_apart(world: World) -> None:
    await _meet(world, "ben1", name="Ben")
    world.clock.forward(hours=1)
    await _meet(world, "ben2", name="Ben")
    (suggestion,) = await _suggested(world, "be")

    answer = await _name(world, suggestion)

    assert "here since Monday 23 November, 1:00" in said(answer)
    assert "here since Monday 23 November, 2:00" in said(answer)


async def test_nobody_is_suggested_who_is_an_organiser_already(world: World) -> None:
    await _meet(world, "ana", "ben")
    await _name(world, "Ana")

    assert await _suggested(world, "") == ["Ben"]


async def test_whose_name_begins_with_what_was_typed_comes_first(world: World) -> None:
    await _meet(world, "chloe", name="Chloe Ana Martin")
    await _meet(world, "ana", name="Ana Reyes")

    assert await _suggested(world, "ana") == ["Ana Reyes", "Chloe Ana Martin"]


async def test_only_organisers_are_told_who_is_in_the_group(world: World) -> None:
    await _meet(world, "ana", "ben")

    assert await _suggested(world, "", by=world.actor("ben")) == []


async def test_at_most_a_menu_full_is_suggested_or_shown_and_it_says_that_there_are_more(world: World) -> None:
    await _meet(world, *(f"ben{n:02}" for n in range(MOST_SHOWN + 1)))

    answer = await _name(world, "ben")

    assert len(await _suggested(world, "ben")) == MOST_SHOWN
    assert said(answer).count("here since") == MOST_SHOWN
    assert "There are more." in said(answer)


async def test_at_most_twenty_are_named(world: World) -> None:
    some = [f"ben{n:02}" for n in range(MOST + 1)]
    await _meet(world, *some)
    early = await _screen(world)
    for user in some[:MOST]:
        await _name(world, user.title())

    full = await _screen(world)
    answer = await _name(world, some[-1].title())

    assert "These are twenty" in said(full)
    assert "Name an organiser" not in {one.label for one in buttons(full)}
    assert "Name an organiser" in {one.label for one in buttons(early)}
    assert "Twenty people are named already." in said(answer)
    assert [one.label for one in buttons(answer)] == ["See the organisers"]
    assert not (await world.member(some[-1])).is_organiser


@pytest.mark.parametrize("limits", PLATFORMS, ids=lambda limits: limits.name)
async def test_twenty_with_long_names_fit_every_platform(world: World, limits: Limits) -> None:
    for n in range(MOST):
        name = f"{n} Maria-Esperanza *Villanueva* <Santos> & Associates, Department of Long Names"[:80]
        await _meet(world, f"maria{n}", name=name)
        await _name(world, name)

    pages = fit(view(await _screen(world)), limits)

    assert [fault for page in pages for fault in violations(page, limits)] == []
    assert sum(one.label == "Take it back" for page in pages for one in buttons(page)) == MOST


async def test_home_has_the_door_to_the_group_for_organisers_only(world: World) -> None:
    await world.bot.handle("start finish", Press("start finish"), world.actor("ben"))
    before = await world.say("home", "ben")
    await _name(world, "Ben")

    after = await world.say("home", "ben")

    assert "Your group" not in {one.label for one in buttons(before)}
    assert "Career office" in said(await world.press(after, "Your group", "ben"))


async def test_the_group_says_in_words_which_letter_did_not_arrive(world: World) -> None:
    await _meet(world, "ben")
    await _name(world, "Ben")
    world.mailbox.answer = lambda to, key: Never("direct messages are closed", Unreachable.CLOSED)
    await world.deliver()

    words = said(await world.say("group", _dana(world)))

    assert "word to somebody who was named an organiser (direct messages are closed)" in words


NAMES = st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=5)


@given(NAMES)
@example(["🙂", "🙃"])
@example(["Ben", "ben", "BÉN "])
def test_a_name_in_full_always_means_whoever_has_it(names: list[str]) -> None:
    members = [Member(MemberId(n), GroupId(1), name, MONDAY) for n, name in enumerate(names)]

    some = persons(members, ZoneInfo("UTC"), MONDAY.date())

    for one in some:
        assert one in meant(some, one.label)
        assert one in meant(some, one.member.name)
        assert one in found(some, one.member.name)


@given(NAMES)
@example(["🙂", "🙃"])
@example(["🙂", "🙂 ", "🙃", "🙃"])
@example(["(", "(", ")", ")"])
def test_who_is_alone_with_a_name_is_meant_alone(names: list[str]) -> None:
    members = [Member(MemberId(n), GroupId(1), name, MONDAY) for n, name in enumerate(names)]

    some = persons(members, ZoneInfo("UTC"), MONDAY.date())

    for one in some:
        namesakes = [other for other in some if other.folded == one.folded]
        assert len(meant(some, one.label)) == len(namesakes)
