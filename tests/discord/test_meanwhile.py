"""What happens beside something that takes too long."""

import asyncio

import pytest

from adapters.discord.meanwhile import with_meanwhile


async def test_what_is_quick_has_nothing_beside_it() -> None:
    late = asyncio.Event()

    async def quick() -> str:
        return "done"

    async def beside() -> None:
        late.set()

    assert await with_meanwhile(quick(), 0, beside) == "done"
    await asyncio.sleep(0)

    assert not late.is_set()


async def test_what_happens_beside_is_waited_for() -> None:
    began, ended = asyncio.Event(), asyncio.Event()

    async def slow() -> str:
        await began.wait()
        return "done"

    async def beside() -> None:
        began.set()
        await asyncio.sleep(0)
        ended.set()

    assert await with_meanwhile(slow(), 0, beside) == "done"

    assert ended.is_set()


async def test_what_is_cut_off_takes_along_what_happens_beside_it() -> None:
    began, cut = asyncio.Event(), asyncio.Event()

    async def beside() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            cut.set()

    working = asyncio.create_task(with_meanwhile(asyncio.Event().wait(), 0, beside))
    await began.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working

    await asyncio.wait_for(cut.wait(), 5)
