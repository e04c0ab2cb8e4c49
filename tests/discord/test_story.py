"""Tells the whole story in Discord: a contact is shared, found and asked for, a talk planned, a nudge read."""

from tests.discord.acts import SECRET, TUESDAY, ask, plan, share, start
from tests.discord.club import Club


async def test_a_contact_is_shared_asked_for_and_planned_and_the_nudge_comes_once(the_club: Club) -> None:
    home = the_club.home
    ana, ben = home.user("Ana"), home.user("Ben")
    careers = home.channel("careers")

    await start(ana, careers, "New York")
    await share(ana, careers)
    await the_club.deliver()
    card = ben.sees(careers)[-1]
    await start(ben, careers)
    held = await ask(ben, careers)
    planned = await plan(ben)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    nudge = ben.dms[-1]
    done = await ben.presses("Done", within="dm")
    await the_club.deliver()

    assert "Shared by Ana" in card.text
    assert "The ask is yours until" in held.text
    assert "0:16 Close (4 min)" in planned.text
    assert "Morning, Ben" in nudge.text
    assert "Undo" in done.labels
    assert len(ben.dms) == 1, "the nudge came once, and the answer stands in its place"
    assert all(SECRET not in seen.text for seen in (*ben.sees(careers), *ana.dms))


async def test_two_servers_never_see_each_other(the_club: Club) -> None:
    away = the_club.discord.guild("Southside")
    ana, ben = the_club.home.user("Ana"), away.user("Ben")
    here, there = the_club.home.channel("careers"), away.channel("careers")

    await share(ana, here)
    await the_club.deliver()
    empty = await ben.types("career board", channel=there)
    await share(ben, there, "Omar Weiss")
    await the_club.deliver()
    full = await ana.types("career board", channel=here)

    assert "Nobody is on the board yet" in empty.text
    assert "Maria Santos" in full.text
    assert "Omar Weiss" not in full.text
    assert ["Maria Santos" in seen.text for seen in ana.sees(here) if seen.kind == "message"] == [True]
    assert ["Omar Weiss" in seen.text for seen in ben.sees(there) if seen.kind == "message"] == [True]
