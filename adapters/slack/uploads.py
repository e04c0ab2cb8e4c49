"""Brings a file to somebody's direct messages: a private reply cannot carry one."""

from functools import partial

import aiohttp

from adapters.slack.access.clients import Client
from adapters.slack.calls import UNREACHED, Failed, call, seconds_in, twice
from bot.talk.view import Attachment


async def upload(client: Client, session: aiohttp.ClientSession, channel: str, file: Attachment) -> Failed | None:
    """Send *file* to the conversation *channel*. Returns why that failed, or `None`.

    Of the three steps only the last shows anything to anybody, so only that is not repeated when it is in doubt:
    https://docs.slack.dev/messaging/working-with-files#upload
    """
    web, content = client.web, file.content.encode()
    alt = file.words[:1_000]
    place = await twice(
        lambda: call(web.files_getUploadURLExternal(filename=file.name, length=len(content), alt_txt=alt)),
        is_repeatable=True,
    )
    if isinstance(place, Failed):
        return _nothing_sent(place)
    failed = await twice(partial(_put, session, str(place["upload_url"]), content), is_repeatable=True)
    if failed is not None:
        return _nothing_sent(failed)
    files = [{"id": place["file_id"], "title": file.name}]
    done = await twice(
        lambda: call(web.files_completeUploadExternal(files=files, channel_id=channel)), is_repeatable=False
    )
    return done if isinstance(done, Failed) else None


async def _put(session: aiohttp.ClientSession, url: str, content: bytes) -> Failed | None:
    try:
        async with session.post(url, data=content) as response:
            return _refused(response)
    except aiohttp.ClientConnectorError:
        return Failed(UNREACHED)
    except (TimeoutError, aiohttp.ClientError, ConnectionError) as error:
        return Failed(f"cut off ({type(error).__name__})", is_in_doubt=True)


def _refused(response: aiohttp.ClientResponse) -> Failed | None:
    if response.status == 200:
        return None
    if response.status == 429:
        return Failed("ratelimited", seconds_in(response.headers))
    return Failed(f"http {response.status}", is_in_doubt=response.status >= 500)


def _nothing_sent(failed: Failed) -> Failed:
    """Return *failed* without doubt: nobody sees a file before the last step."""
    return Failed(failed.code)
