"""What is read of an interaction as Discord sends it, held against what discord.py makes of the same one."""

from collections.abc import Callable

import pytest

from adapters.discord.asked import asked_in
from adapters.discord.heard import Heard
from tests.discord.acts import share, start
from tests.discord.club import Club
from tests.discord.faulty import ANSWER


@pytest.fixture
def heard(the_club: Club) -> list[Heard]:
    """Return what the bot hears, as it comes."""
    client, found = the_club.service.client, list[Heard]()
    take: Callable[[Heard], None] = client.took

    def took(one: Heard) -> None:
        found.append(one)
        take(one)

    client.took = took
    return found


def as_read(heard: Heard) -> tuple[object, ...]:
    asked = asked_in(heard)
    return (
        asked.key, asked.user, asked.name, asked.guild, asked.channel, asked.locale, asked.is_admin, asked.is_own,
        heard.kind, heard.done,
    )  # fmt: skip


def as_discord_py_reads(heard: Heard) -> tuple[object, ...]:
    whole = heard.whole
    place, user, message = whole.guild_id, whole.user, whole.message
    is_own = message is not None and (place is None or message.flags.ephemeral)
    return (
        str(whole.id), str(user.id), user.display_name, str(place or ""), str(whole.channel_id) if place else None,
        whole.locale.value, whole.permissions.manage_guild, is_own, whole.type, whole.data,
    )  # fmt: skip


async def test_a_command_a_press_and_a_form_are_read_as_discord_py_reads_them(
    the_club: Club, heard: list[Heard]
) -> None:
    ana = the_club.home.user("ana", nick="Ana Reyes", manage_guild=True, locale="fil")
    await ana.types("career start")
    await ana.presses("Let us begin")
    await ana.submits({"Which field": "Nursing"})

    assert [one.kind.name for one in heard] == ["application_command", "component", "modal_submit"]
    assert [as_read(one) for one in heard] == [as_discord_py_reads(one) for one in heard]
    assert {(one.guild_name, asked_in(one).is_admin) for one in heard} == {("Northside", True)}


async def test_direct_messages_are_read_as_discord_py_reads_them(the_club: Club, heard: list[Heard]) -> None:
    ben = the_club.home.user("Ben")
    await ben.types("career board")
    await ben.types("career board", channel="dm")

    assert [as_read(one) for one in heard] == [as_discord_py_reads(one) for one in heard]
    assert [asked_in(one).is_in_guild for one in heard] == [True, False]


async def test_what_is_pressed_in_the_channel_is_not_the_presser_s_own(the_club: Club, heard: list[Heard]) -> None:
    ana, ben = the_club.home.user("Ana"), the_club.home.user("Ben")
    channel = the_club.home.channel("careers")
    await start(ana)
    await share(ana, channel)
    await the_club.deliver()
    heard.clear()
    await ben.presses("I'd like to talk", within=channel)

    assert [asked_in(one).is_own for one in heard] == [False]
    assert [as_read(one) for one in heard] == [as_discord_py_reads(one) for one in heard]


async def test_discord_is_not_asked_to_send_an_answer_back(the_club: Club) -> None:
    await the_club.home.user("Ben").types("career board")

    assert [call.status for call in the_club.discord.calls if call.route == ANSWER] == [204]
