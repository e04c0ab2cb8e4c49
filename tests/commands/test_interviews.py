"""Where talks stand: what happened is one press, what cannot happen is explained, and nobody else sees any of it."""

from datetime import timedelta

import pytest

from bot.desk.bot import Reply
from bot.model.contact import AskState, Basis, Consent, ContactId, Scope, Standing
from bot.model.interview import InterviewId, Mark, StepMark
from bot.model.journey import TABLE, Event, State, label, possible
from bot.model.step import StepSlug
from bot.model.store import NewContact
from bot.talk.form import Dialog
from bot.talk.view import Press, Tone
from tests.world import MONDAY, World, buttons, errors, said

TALK = InterviewId(1)


async def begun(
    world: World, by: str = "ben", state: State = State.PREPARING, contact: ContactId | None = None
) -> InterviewId:
    """Return a talk of *by* that stands at *state*."""
    member = await world.member(by)
    async with world.store.unit(member.group, writes=True) as unit:
        add = unit.interviews.add
        talk = await add(member.id, "Maria Santos", "", "nursing", "Nights", 20, MONDAY, contact=contact)
        await unit.interviews.move(talk, state, MONDAY)
    return talk


async def state_of(world: World, talk: InterviewId, by: str = "ben") -> State | None:
    member = await world.member(by)
    async with world.store.unit(member.group, writes=False) as unit:
        found = await unit.interviews.get(talk, member.id)
    return found.state if found else None


async def tell(world: World, talk: InterviewId, event: Event, *, is_sure: bool = False, by: str = "ben") -> Reply:
    press = Press("interviews tell", (str(talk), event, "yes" if is_sure else ""))
    return await world.bot.handle(press.path, press, world.actor(by))


async def looked(world: World, talk: InterviewId) -> Reply:
    return await world.bot.handle("interviews look", Press("interviews look", (str(talk),)), world.actor())


async def test_without_a_talk_the_list_says_how_one_begins(world: World) -> None:
    assert "[Plan a talk]" in said(await world.say("interviews"))


@pytest.mark.parametrize("state", State)
async def test_each_state_offers_what_can_happen_in_the_readers_words(world: World, state: State) -> None:
    seen = await looked(world, await begun(world, state=state))

    offered = [one.label for one in buttons(seen)]
    assert [label(event) for event in possible(state)] == offered[:-3]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", [event for event in Event if event not in {Event.BOOK, Event.REBOOK}])
async def test_only_legal_moves_change_anything_and_others_say_why(world: World, state: State, event: Event) -> None:
    talk = await begun(world, state=state)

    seen = await tell(world, talk, event, is_sure=True)

    is_legal = event in TABLE[state]
    assert await state_of(world, talk) is (TABLE[state][event] if is_legal else state)
    assert is_legal or "does not fit here" in said(seen) or "stays closed" in said(seen)
    assert "our fault" not in said(seen)


async def test_the_list_has_a_part_for_each_kind_of_state(world: World) -> None:
    for state in (State.HELD, State.BOOKED, State.PREPARING, State.LET_GO):
        await begun(world, state=state)

    seen = said(await world.say("interviews"))

    parts = ["Booked", "In preparation", "After the talk", "Set aside"]
    assert [line for line in seen.splitlines() if line in parts] == parts


async def test_many_talks_are_paged(world: World) -> None:
    for _i in range(12):
        await begun(world)
    first = await world.say("interviews")

    second = await world.press(first, "More of them")

    assert said(first).count("Maria Santos") == 10
    assert said(second).count("Maria Santos") == 2


async def test_asking_with_nothing_looked_up_warns_once_and_blocks_nothing(world: World) -> None:
    talk = await begun(world)
    warned = await tell(world, talk, Event.ASK)
    assert "Nothing is ticked yet" in said(warned)
    assert await state_of(world, talk) is State.PREPARING

    await world.press(warned, "I wrote to them")

    assert await state_of(world, talk) is State.ASKING


@pytest.mark.parametrize("is_of_this_talk", [True, False])
async def test_one_research_step_is_enough(world: World, is_of_this_talk: bool) -> None:
    talk, member = await begun(world), await world.member()
    mark = StepMark(talk if is_of_this_talk else None, StepSlug("research-field"), Mark.DONE, MONDAY)
    async with world.store.unit(member.group, writes=True) as unit:
        await unit.steps.mark(member.id, mark)

    await tell(world, talk, Event.ASK)

    assert await state_of(world, talk) is State.ASKING


async def booked(world: World, talk: InterviewId, day: str, hour: str, by: str = "ben") -> Reply:
    form = await world.bot.handle("interviews book", Press("interviews book", (str(talk),)), world.actor(by))
    return await world.submit(form, by, day=day, hour=hour)


async def test_booking_echoes_the_weekday_in_the_members_own_zone(world: World) -> None:
    talk = await begun(world, state=State.ASKING)

    seen = await booked(world, talk, "8 December", "2:30 pm")

    assert "Noted: Tuesday 8 December, 14:30." in said(seen)
    assert "2026-12-08 06:30 UTC" in said(seen)
    assert await state_of(world, talk) is State.BOOKED


@pytest.mark.parametrize(("day", "field"), [("2026-11-20", "day"), ("today", "hour")])
async def test_a_past_moment_is_asked_again(world: World, day: str, field: str) -> None:
    talk = await begun(world, state=State.ASKING)

    seen = await booked(world, talk, day, "7:00")

    assert "has passed already" in errors(seen)[field]
    assert await state_of(world, talk) is State.ASKING


@pytest.mark.parametrize(
    ("day", "hour"), [("31 February", "9"), ("", "9"), ("8 December", ""), ("8 December", "25:00"), ("x" * 10_000, "9")]
)
async def test_an_odd_day_or_time_stays_in_the_form(world: World, day: str, hour: str) -> None:
    talk = await begun(world, state=State.ASKING)

    seen = await booked(world, talk, day, hour)

    assert isinstance(seen, Dialog)
    assert errors(seen)
    assert [entry.value for entry in seen.entries] == [day, hour]


async def test_a_new_time_starts_from_the_old_one(world: World) -> None:
    talk = await begun(world, state=State.ASKING)
    seen = await booked(world, talk, "8 December", "14:30")

    form = await world.press(seen, "We have a new time")

    assert isinstance(form, Dialog)
    assert [entry.value for entry in form.entries] == ["2026-12-08", "14:30"]


async def test_whoever_has_no_zone_hears_that_it_is_utc(world: World) -> None:
    talk = await begun(world, "eve", State.ASKING)

    assert "took this as UTC" in said(await booked(world, talk, "8 December", "14:30", "eve"))


async def test_a_talk_that_is_over_cannot_be_booked(world: World) -> None:
    talk = await begun(world, state=State.HELD)

    assert "does not fit here" in said(await booked(world, talk, "8 December", "9"))


async def carded(world: World) -> ContactId:
    """Return a contact that Ana shared."""
    member, day = await world.member("ana"), MONDAY.date()
    async with world.store.unit(member.group, writes=True) as unit:
        contact = await unit.contacts.add(NewContact(member.id, "Maria Santos", "Nurse", "", "nursing", ""), MONDAY)
        consent = Consent(Basis.SAID_YES, Scope.DIRECT, day, day.replace(year=2027), member.id)
        await unit.contacts.share(contact, consent, MONDAY)
    return contact


async def held(world: World) -> InterviewId:
    """Return Ben's talk with a contact on the board whose hold he has."""
    contact, member = await carded(world), await world.member()
    async with world.store.unit(member.group, writes=True) as unit:
        await unit.asks.hold(contact, member.id, MONDAY, MONDAY + timedelta(hours=72))
    return await begun(world, contact=contact)


async def ask_state(world: World) -> AskState:
    member = await world.member()
    async with world.store.unit(member.group, writes=False) as unit:
        (ask,) = await unit.asks.by(member.id)
    return ask.state


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([Event.ASK], AskState.SENT),
        ([Event.LET_GO], AskState.RELEASED),
        ([Event.CLOSE], AskState.CLOSED),
        ([Event.ASK, Event.GO_SILENT], AskState.SENT),
        ([Event.ASK, Event.DECLINE], AskState.CLOSED),
        ([Event.ASK, Event.LET_GO], AskState.CLOSED),
        ([Event.ASK, Event.HOLD], AskState.CLOSED),
    ],
)
async def test_the_hold_follows_the_talk(world: World, events: list[Event], state: AskState) -> None:
    talk = await held(world)

    for event in events:
        await tell(world, talk, event, is_sure=True)

    assert await ask_state(world) is state


async def test_a_yes_without_a_word_about_writing_counts_as_written(world: World) -> None:
    talk = await held(world)

    await booked(world, talk, "8 December", "9")

    assert await ask_state(world) is AskState.SENT


@pytest.mark.parametrize("event", [Event.ASK, Event.HOLD])
async def test_whoever_was_written_or_talked_to_gets_a_rest_while_the_hold_lasts(world: World, event: Event) -> None:
    talk = await held(world)

    await tell(world, talk, event, is_sure=True)
    await tell(world, talk, Event.DECLINE, is_sure=True)

    assert "so they get a rest" in said(await others_ask(world))


@pytest.mark.parametrize("event", [Event.ASK, Event.HOLD])
async def test_whoever_was_written_or_talked_to_gets_a_rest_after_the_hold(world: World, event: Event) -> None:
    talk = await held(world)
    world.clock.forward(hours=80)

    await tell(world, talk, event, is_sure=True)

    assert await ask_state(world) is AskState.CLOSED
    assert "so they get a rest" in said(await others_ask(world))


@pytest.mark.parametrize("event", [Event.ASK, Event.HOLD])
async def test_whoever_was_written_or_talked_to_gets_a_rest_without_any_hold(world: World, event: Event) -> None:
    talk = await begun(world, contact=await carded(world))

    await tell(world, talk, event, is_sure=True)

    assert await ask_state(world) is AskState.CLOSED
    assert "so they get a rest" in said(await others_ask(world))


async def test_one_talk_counts_once(world: World) -> None:
    talk = await begun(world, contact=await carded(world))
    await tell(world, talk, Event.ASK, is_sure=True)
    world.clock.forward(days=20)

    await tell(world, talk, Event.HOLD)

    assert await ask_state(world) is AskState.CLOSED
    assert "The ask is yours until" in said(await others_ask(world))


async def test_a_sharer_who_talks_to_their_own_contact_takes_no_ask(world: World) -> None:
    talk = await begun(world, "ana", contact=await carded(world))

    await tell(world, talk, Event.HOLD, by="ana")

    assert "The ask is yours until" in said(await others_ask(world))


async def others_ask(world: World) -> Reply:
    """Let Chloe ask for the one contact on the board."""
    return await world.bot.handle("board ask", Press("board ask", ("1",)), world.actor("chloe"))


async def test_they_asked_us_to_stop_ends_it_for_everybody_after_a_question(world: World) -> None:
    talk = await held(world)
    await tell(world, talk, Event.ASK, is_sure=True)
    sure = await tell(world, talk, Event.CLOSE)
    assert await state_of(world, talk) is State.ASKING

    await world.press(sure, "They asked us to stop")

    ana = await world.member("ana")
    async with world.store.unit(ana.group, writes=False) as unit:
        (contact,) = await unit.contacts.of(ana.id)
    assert contact.standing is Standing.WITHDRAWN
    assert await state_of(world, talk) is State.CLOSED


async def test_who_never_wrote_cannot_take_a_card_from_the_board(world: World) -> None:
    talk = await held(world)

    await tell(world, talk, Event.CLOSE, is_sure=True)

    ana = await world.member("ana")
    async with world.store.unit(ana.group, writes=False) as unit:
        (contact,) = await unit.contacts.of(ana.id)
    assert contact.standing is Standing.SHARED


async def test_deleting_asks_first_releases_the_hold_and_leaves_nothing(world: World) -> None:
    talk = await held(world)
    sure = await world.press(await looked(world, talk), "Delete")
    assert await state_of(world, talk) is State.PREPARING

    await world.press(sure, "Delete")

    assert await state_of(world, talk) is None
    assert await ask_state(world) is AskState.RELEASED
    assert "Maria" not in said(await world.say("interviews"))


async def test_nobody_sees_or_moves_somebody_elses_talk(world: World) -> None:
    talk = await begun(world)
    mine = await looked(world, talk)

    for one in buttons(mine):
        seen = await world.bot.handle(one.press.path, one.press, world.actor("ana"))
        assert "Maria" not in said(seen)
        assert "our fault" not in said(seen)
    assert "Maria" not in said(await world.say("interviews", by="ana"))
    assert await state_of(world, talk) is State.PREPARING


async def test_the_same_press_delivered_twice_moves_once(world: World) -> None:
    talk, actor = await begun(world, state=State.FOLLOWED_UP), world.actor(key="once")
    seen = await looked(world, talk)

    first = await world.press(seen, "We were in touch", actor)
    second = await world.press(seen, "We were in touch", actor)

    assert first == second


@pytest.mark.parametrize("words", ["", "x" * 10_000, "\u0000\u202e", "@everyone", "<script>"])
async def test_words_after_the_command_do_no_harm(world: World, words: str) -> None:
    assert "our fault" not in said(await world.say(f"interviews {words}"))


@pytest.mark.parametrize("number", ["", "abc", "-1", "999", "1e9"])
async def test_a_button_that_no_longer_fits_says_so(world: World, number: str) -> None:
    press = Press("interviews look", (number,))

    seen = await world.bot.handle(press.path, press, world.actor())

    assert "our fault" not in said(seen)


async def test_only_the_button_that_closes_a_talk_for_good_is_one_to_be_careful_with(world: World) -> None:
    talk = await begun(world)

    sure = await tell(world, talk, Event.CLOSE)

    assert Tone.DANGER not in {one.tone for one in buttons(await looked(world, talk))}
    assert [one.label for one in buttons(sure) if one.tone is Tone.DANGER] == [label(Event.CLOSE)]
