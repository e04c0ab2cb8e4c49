"""The daily nudge as it is delivered: once a day, at the member's hour, only when something is due, and kindly."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.model.interview import InterviewId
from bot.model.outbox import Never, Unreachable
from bot.talk.check import bugs
from bot.talk.fit import fit
from bot.talk.limits import PLATFORMS
from bot.talk.view import Press
from tests.world import MONDAY, Delivery, World, button, buttons, said, view

MANILA = ZoneInfo("Asia/Manila")
HOUR = timedelta(hours=1)


def manila(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MANILA).astimezone(UTC)


async def call(world: World, path: str, *args: str, by: str = "ben") -> None:
    """Press the button of *path*; it must be answered with a view."""
    view(await world.bot.handle(path, Press(path, args), world.actor(by)))


async def begin(world: World, who: str = "ben") -> None:
    """Let *who* say yes to nudges: weekdays at 9:00."""
    await call(world, "start finish", "yes", by=who)


async def set_days(world: World, hour: str, days: str = "0,1,2,3,4,5,6", by: str = "ben") -> None:
    values: dict[str, str | tuple[str, ...]] = {"hour": hour, "days": tuple(days.split(","))}
    view(await world.bot.handle("nudges hour", values, world.actor(by)))


async def plan(world: World, who: str = "Maria Santos", by: str = "ben") -> InterviewId:
    """Plan a talk with *who* and return its id."""
    values = {"who": who, "field": "nursing", "goal": "what nights are like", "organisation": "", "minutes": "25"}
    view(await world.bot.handle("plan new", values, world.actor(by)))
    member = await world.member(by)
    async with world.store.unit(member.group, writes=False) as unit:
        return (await unit.interviews.of(member.id))[0].id


async def live_letters(world: World, who: str = "ben") -> list[datetime]:
    member = await world.member(who)
    async with world.store.unit(member.group, writes=False) as unit:
        return [draft.due_at for draft in await unit.outbox.live(member.id) if draft.kind == "nudge"]


async def nudge_at(world: World, moment: datetime) -> Delivery:
    """Move the clock and return the one nudge that comes."""
    world.clock.to(moment)
    [nudge] = await world.deliver()
    return nudge


async def test_the_nudge_comes_at_the_hour_and_says_why(world: World) -> None:
    await begin(world)
    await plan(world)

    world.clock.to(manila(23, 8, 59))
    assert await world.deliver() == []
    nudge = await nudge_at(world, manila(23, 9))

    assert nudge.to == "ben"
    assert nudge.view.title == "Morning, Ben."
    assert "For your talk with Maria Santos · 5 minutes" in nudge.text
    assert "You get this on weekdays at 9:00, because you said yes to it." in nudge.text
    assert [one.label for one in buttons(nudge.view)] == [
        "Done", "Not today", "Skip", "Change", "Stop “Preparing a talk”",
    ]  # fmt: skip


async def left_behind(world: World) -> Delivery:
    """Let a nudge come, and its talk go on before it is answered."""
    await begin(world)
    await plan(world)
    nudge = await nudge_at(world, manila(23, 9))
    world.clock.to(manila(25, 10))
    warned = await world.press(await world.say("interviews"), "I wrote to them")
    await world.press(warned, "I wrote to them")
    return nudge


@pytest.mark.parametrize(("answer", "words"), [("Done", "Done"), ("Skip", "Left out"), ("Not today", "Not today")])
async def test_an_answer_to_a_nudge_that_its_talk_has_left_behind_is_confirmed(
    world: World, answer: str, words: str
) -> None:
    nudge = await left_behind(world)

    answered = await world.press(nudge.view, answer)

    assert f"{words}: Write down what matters to you" in said(answered)


async def test_such_an_answer_can_be_taken_back(world: World) -> None:
    nudge = await left_behind(world)
    answered = await world.press(nudge.view, "Skip")

    undone = await world.press(answered, "Undo")

    assert "Back on the list: Write down what matters to you" in said(undone)
    assert "Undo" not in [one.label for one in buttons(undone)]


async def test_nothing_comes_without_a_yes(world: World) -> None:
    await call(world, "start finish")
    await plan(world)

    world.clock.forward(days=3)

    assert await world.deliver() == []
    assert await live_letters(world) == []


async def test_there_is_one_letter_whatever_is_changed(world: World) -> None:
    await begin(world)
    await set_days(world, "10:00")
    await set_days(world, "11:00")
    await set_days(world, "10:00")
    await begin(world)
    await call(world, "start zone", "Europe/London")

    assert await live_letters(world) == [datetime(2026, 11, 23, 10, tzinfo=UTC)]


async def test_switching_off_and_on_again_at_the_same_moment_loses_nothing(world: World) -> None:
    await begin(world)
    await call(world, "nudges switch")
    assert await live_letters(world) == []
    await call(world, "nudges switch", "yes")

    assert await live_letters(world) == [manila(23, 9)]


async def test_nothing_is_sent_when_nothing_is_due_and_the_next_day_is_asked_again(world: World) -> None:
    await begin(world)
    talk = await plan(world)
    await call(world, "interviews tell", str(talk), "decline")
    await call(world, "interviews tell", str(talk), "let-go")
    for step in world.bot.library.steps:
        await call(world, "today mark", "0", step.slug, "skip")

    world.clock.to(manila(23, 9))

    assert await world.deliver() == []
    assert await live_letters(world) == [manila(24, 9)]


async def test_done_redraws_the_message_and_the_next_nudge_does_not_repeat_it(world: World) -> None:
    await begin(world)
    await plan(world)
    first = await nudge_at(world, manila(23, 9))
    world.clock.forward(minutes=5)

    redrawn = view(await world.press(first.view, "Done", world.actor(channel=None)))
    second = await nudge_at(world, manila(24, 9))

    assert redrawn.is_instead
    assert "Write down what matters to you\nDone.\n[Undo]\nThat is all for today." in said(redrawn)
    assert "what matters" not in second.text
    assert "Write down what you do well" in second.text


async def test_done_can_be_undone_in_the_message(world: World) -> None:
    await begin(world)
    await plan(world)
    nudge = await nudge_at(world, manila(23, 9))

    done = await world.press(nudge.view, "Done")
    again = await world.press(done, "Undo")

    assert said(again) == nudge.text


async def test_the_same_press_twice_gets_the_same_answer(world: World) -> None:
    await begin(world)
    await plan(world)
    nudge = await nudge_at(world, manila(23, 9))
    ben = world.actor(channel=None, key="pressed-once")

    answers = [await world.press(nudge.view, "Done", ben) for _ in range(2)]

    assert answers[0] == answers[1]


async def test_not_today_comes_back_tomorrow(world: World) -> None:
    await begin(world)
    await plan(world)
    nudge = await nudge_at(world, manila(23, 9))

    put_off = await world.press(nudge.view, "Not today")
    tomorrow = await nudge_at(world, manila(24, 9))

    assert "Not today. It comes back." in said(put_off)
    assert "Write down what matters to you" in tomorrow.text


async def test_several_talks_come_in_one_message_with_the_rest_still_open(world: World) -> None:
    await begin(world)
    for who in ("Maria Santos", "Kofi Mensah"):
        await plan(world, who)
    nudge = await nudge_at(world, manila(23, 9))

    redrawn = said(await world.press(nudge.view, "Done"))

    assert "Maria Santos" in nudge.text
    assert "Kofi Mensah" in nudge.text
    assert redrawn.count("[Undo]") == 1
    assert redrawn.count("[Done]") == 1
    assert "That is all" not in redrawn


async def test_more_than_three_things_wait_in_the_list(world: World) -> None:
    await begin(world)
    for number in range(5):
        await plan(world, f"Person {number}")

    nudge = await nudge_at(world, manila(23, 9))

    assert nudge.text.count("[Done]") == 3
    assert "More waits in your list for today. It keeps." in nudge.text


async def test_a_changed_hour_gives_no_second_message_on_the_same_day(world: World) -> None:
    await begin(world)
    await plan(world)
    await nudge_at(world, manila(23, 9))

    await set_days(world, "15:00")
    world.clock.to(manila(23, 15))

    assert await world.deliver() == []
    assert await live_letters(world) == [manila(24, 15)]


async def test_a_changed_zone_gives_no_second_message_on_the_same_day(world: World) -> None:
    await begin(world)
    await plan(world)
    sent = await nudge_at(world, manila(24, 9))

    await call(world, "start zone", "America/New_York")  # it is Monday 20:00 there
    found = []
    for _hour in range(24):
        world.clock.forward(hours=1)
        found += await world.deliver()

    new_york = ZoneInfo("America/New_York")
    days = [one.at.astimezone(new_york).date() for one in (sent, *found)]
    assert days == [date(2026, 11, 23), date(2026, 11, 24)]


async def test_a_clock_that_goes_back_brings_nothing_twice(world: World) -> None:
    await begin(world)
    await plan(world)
    await nudge_at(world, manila(24, 9))

    world.clock.to(manila(23, 8))
    await set_days(world, "9:00")

    assert await live_letters(world) == [manila(25, 9)]


async def test_a_late_nudge_is_sent_once(world: World) -> None:
    await begin(world)
    await plan(world)

    late = await nudge_at(world, manila(24, 16))

    assert late.view.title == "Hello, Ben."
    assert await live_letters(world) == [manila(25, 9)]


async def test_a_nudge_that_is_late_into_the_night_waits_for_the_next_morning(world: World) -> None:
    await begin(world)
    await plan(world)

    world.clock.to(manila(23, 22))
    assert await world.deliver() == []
    world.clock.to(manila(24, 8))
    assert await world.deliver() == []
    world.clock.to(manila(24, 9))

    assert len(await world.deliver()) == 1


async def test_a_nudge_that_is_late_into_the_weekend_waits_for_monday(world: World) -> None:
    await begin(world)
    await plan(world)

    world.clock.to(manila(28, 11))
    assert await world.deliver() == []

    assert await live_letters(world) == [manila(30, 9)]


async def test_after_more_than_a_week_one_line_stands_for_all_that_was_missed(world: World) -> None:
    await begin(world)
    await plan(world)

    nudge = await nudge_at(world, manila(2, 10, month=12))

    assert "It has been quiet from me since Monday 23 November." in nudge.text
    assert "[Done]" not in nudge.text
    assert await live_letters(world) == [manila(3, 9, month=12)]


@pytest.mark.parametrize(
    ("path", "values", "comes"),
    [
        ("nudges away", {"first": "today", "last": "2026-11-25"}, manila(26, 9)),
        ("nudges pause", {"until": "2026-12-04"}, manila(4, 9, month=12)),
        ("nudges quiet", {"start": "20:00", "end": "10:30"}, manila(23, 10, 30)),
        ("nudges hour", {"hour": "13:15", "days": ("2",)}, manila(25, 13, 15)),
    ],
)
async def test_settings_move_the_letter(
    world: World, path: str, values: dict[str, str | tuple[str, ...]], comes: datetime
) -> None:
    await begin(world)
    await plan(world)

    view(await world.bot.handle(path, values, world.actor()))

    assert await live_letters(world) == [comes]
    world.clock.to(comes - timedelta(minutes=1))
    assert await world.deliver() == []
    world.clock.to(comes)
    assert len(await world.deliver()) == 1


async def test_a_kind_that_is_stopped_in_the_message_does_not_come_again(world: World) -> None:
    await begin(world)
    await plan(world)
    nudge = await nudge_at(world, manila(23, 9))

    answer = await world.press(nudge.view, "Stop")
    world.clock.to(manila(24, 9))

    assert "“Preparing a talk” does not come any more." in said(answer)
    assert await world.deliver() == []
    assert "Write down what matters to you" in said(await world.say("today"))


async def _ignore(world: World, days: int) -> Delivery:
    """Let so many weekdays' nudges go by and return the last."""
    day = MONDAY.date()
    nudges: list[Delivery] = []
    while len(nudges) < days:
        nudges += [await nudge_at(world, datetime.combine(day, time(9), MANILA).astimezone(UTC))]
        day += timedelta(days=3 if day.weekday() == 4 else 1)
    return nudges[-1]


async def test_after_three_without_an_answer_the_fourth_asks(world: World) -> None:
    await begin(world)
    await plan(world)

    third = await _ignore(world, 3)
    world.clock.to(manila(26, 9))
    [fourth] = await world.deliver()

    assert "still of use" not in third.text
    assert "Is “Preparing a talk” still of use to you? If I hear nothing, I stop sending it." in fourth.text
    assert [one.label for one in buttons(fourth.view)][3:6] == ["Keep it", "Pause two weeks", "Stop it"]


async def test_silence_after_the_question_stops_the_kind_and_today_says_so_until_answered(world: World) -> None:
    await begin(world)
    await plan(world)
    await _ignore(world, 4)

    world.clock.to(manila(27, 9))
    assert await world.deliver() == []
    told = await world.say("today")
    await world.press(told, "Leave it so")
    later = await world.say("today")

    assert "I no longer send “Preparing a talk”: it did not seem to help just now." in said(told)
    assert "I no longer send" not in said(later)
    assert (await world.member()).nudges.stopped == {"prepare"}


async def test_a_kind_that_stopped_by_itself_can_come_again(world: World) -> None:
    await begin(world)
    await plan(world)
    await _ignore(world, 4)
    world.clock.to(manila(27, 9))
    await world.deliver()

    await world.press(await world.say("today"), "Send it again")
    nudge = await nudge_at(world, manila(30, 9))

    assert "Write down what matters to you" in nudge.text
    assert "still of use" not in nudge.text


async def test_keeping_a_kind_begins_the_count_anew(world: World) -> None:
    await begin(world)
    await plan(world)
    fourth = await _ignore(world, 4)

    kept = await world.press(fourth.view, "Keep it")
    fifth = await nudge_at(world, manila(27, 9))

    assert "Good, “Preparing a talk” keeps coming." in said(kept)
    assert "still of use" not in said(kept)
    assert "still of use" not in fifth.text


async def test_the_question_can_be_answered_with_a_pause(world: World) -> None:
    await begin(world)
    await plan(world)
    fourth = await _ignore(world, 4)

    paused = await world.press(fourth.view, "Pause two weeks")

    assert "Paused until Thursday 10 December." in said(paused)
    assert await live_letters(world) == [manila(10, 9, month=12)]


async def test_a_press_keeps_the_question_away(world: World) -> None:
    await begin(world)
    await plan(world)
    third = await _ignore(world, 3)
    await world.press(third.view, "Not today")

    fourth = await nudge_at(world, manila(26, 9))

    assert "still of use" not in fourth.text


async def test_closed_direct_messages_are_told_at_the_next_command_and_cost_nothing_else(world: World) -> None:
    await begin(world)
    await plan(world)
    world.mailbox.answer = lambda _to, _key: Never("closed", Unreachable.CLOSED)
    world.clock.to(manila(23, 9))
    await world.deliver()
    world.mailbox.answer = lambda _to, _key: None
    world.clock.to(manila(24, 9))
    assert await world.deliver() == []

    told = await world.say("today")
    nudge = await nudge_at(world, manila(25, 9))

    assert "your direct messages are closed" in said(told)
    assert "Write down what matters to you" in said(told)
    assert "Write down what matters to you" in nudge.text


async def test_an_old_message_answers_for_its_own_day(world: World) -> None:
    await begin(world)
    await plan(world)
    monday = await nudge_at(world, manila(23, 9))
    await world.press(monday.view, "Not today")
    await nudge_at(world, manila(24, 9))

    redrawn = said(await world.press(monday.view, "Done"))

    assert "Write down what matters to you\nDone." in redrawn
    assert "what you do well" not in redrawn


async def test_a_press_on_a_talk_that_was_deleted_is_answered_kindly(world: World) -> None:
    await begin(world)
    talk = await plan(world)
    await call(world, "interviews remove", str(talk), "yes")
    pressed = Press("nudge mark", (str(talk), "aim", "done", str(int(MONDAY.timestamp()))))

    answer = await world.bot.handle(pressed.path, pressed, world.actor(channel=None))

    assert "This talk is no longer on your list." in said(answer)


async def test_a_hold_is_named_with_its_end(world: World) -> None:
    await begin(world)
    contact = await _shared_by_ana(world)
    await call(world, "board ask", str(contact))
    await world.deliver()
    world.clock.to(manila(24, 9))
    await world.deliver()

    nudge = await nudge_at(world, manila(25, 9))

    assert "Your hold on Maria Santos\nIt ends 2026-11-26 00:00 UTC." in nudge.text
    assert [one.label for one in buttons(nudge.view)][:3] == ["I wrote to them", "Let it go", "Not today"]


async def _shared_by_ana(world: World) -> int:
    ana = world.actor("ana")
    values = {"name": "Maria Santos", "does": "Nurse manager", "field": "nursing", "organisation": "", "place": ""}
    seen = view(await world.bot.handle("refer", values, ana))
    contact = int(button(seen, "Share").press.args[0])
    shared = {"contact": str(contact), "basis": "said-yes", "scope": "direct", "may_name": ""}
    preview = await world.bot.handle("refer share", shared, world.actor("ana"))
    await world.press(preview, "Share on the board", "ana")
    return contact


async def test_a_nudge_is_forgotten_with_its_member(world: World) -> None:
    await begin(world)
    await plan(world)
    member = await world.member()
    async with world.store.unit(member.group, writes=True) as unit:
        await unit.members.forget(member.id)

    world.clock.to(manila(24, 9))

    assert await world.deliver() == []


async def test_every_platform_can_show_the_longest_nudge(world: World) -> None:
    await begin(world)
    for number in range(4):
        await plan(world, f"{number} " + "W" * 78)
    fourth = await _ignore(world, 4)

    for limits in PLATFORMS:
        assert not [bug for page in fit(fourth.view, limits) for bug in bugs(page, limits)]


CLOCK_CHANGES = [
    ("America/New_York", date(2027, 3, 12), "2:15", {date(2027, 3, 14): time(3, 15)}),
    ("America/New_York", date(2027, 11, 5), "1:15", {}),
    ("Europe/London", date(2027, 3, 26), "1:15", {date(2027, 3, 28): time(2, 15)}),
    ("Europe/London", date(2027, 10, 29), "1:15", {}),
    ("Australia/Lord_Howe", date(2027, 10, 1), "2:15", {date(2027, 10, 3): time(2, 45)}),
    ("Australia/Lord_Howe", date(2027, 4, 2), "1:45", {}),
    ("Asia/Manila", date(2027, 3, 26), "2:15", {}),
]


@pytest.mark.parametrize("hour", ["9:00", "odd"])
@pytest.mark.parametrize(("zone", "first", "odd_hour", "moved"), CLOCK_CHANGES)
async def test_clock_changes_neither_lose_nor_double_a_nudge(
    world: World, zone: str, first: date, odd_hour: str, moved: dict[date, time], hour: str
) -> None:
    there = ZoneInfo(zone)
    world.clock.to(datetime.combine(first, time(0), there).astimezone(UTC))
    kim = world.actor("kim", zone=zone)
    await world.bot.handle("start finish", Press("start finish", ("yes",)), kim)
    await world.bot.handle("nudges quiet", {"start": "0:00", "end": "0:00"}, world.actor("kim"))
    await set_days(world, odd_hour if hour == "odd" else hour, by="kim")
    await plan(world, by="kim")

    seen = []
    end = datetime.combine(first + timedelta(days=6), time(0), there).astimezone(UTC)
    while world.clock.now < end:
        for nudge in await world.deliver():
            seen.append(nudge.at.astimezone(there))
            await world.press(nudge.view, "Done", "kim")
        world.clock.forward(minutes=15)

    wanted = datetime.strptime(odd_hour if hour == "odd" else hour, "%H:%M").time()  # noqa: DTZ007 - a time of day
    days = [first + timedelta(days=n) for n in range(6)]
    assert [one.date() for one in seen] == days
    assert [one.time() for one in seen] == [(moved if hour == "odd" else {}).get(day, wanted) for day in days]
    assert not [one for one in seen if one.fold]
