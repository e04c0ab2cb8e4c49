"""Holds the Web API methods for files, and takes the bytes that are uploaded."""

from typing import TYPE_CHECKING

from aiohttp import web

from tests.slack.platform.fate import carried_out
from tests.slack.platform.methods_chat import arrived, may_post
from tests.slack.platform.state import Call, Json, SlackError, Upload, broken
from tests.slack.platform.web_api import Ask, method

if TYPE_CHECKING:
    from tests.slack.platform.server import Platform


@method("files.getUploadURLExternal", "files:write")
async def upload_url(ask: Ask) -> Json:
    length = ask.must("length")
    if not length.isdecimal() or int(length) < 1:
        raise broken("invalid_arguments", "length must be the size in bytes, above 0")
    alt = str(ask.args.get("alt_txt") or "")
    if len(alt) > 1_000:
        raise broken("alt_txt_too_large")
    upload = Upload(ask.platform.new_id("F"), ask.bot.team, ask.must("filename"), int(length), alt=alt)
    ask.platform.uploads[upload.id] = upload
    return {"upload_url": f"{ask.platform.url}/upload/v1/{upload.id}", "file_id": upload.id}


@method("files.completeUploadExternal", "files:write")
async def complete(ask: Ask) -> Json:
    files = ask.data("files")
    if not isinstance(files, list) or not files or not all(isinstance(f, dict) and f.get("id") for f in files):
        raise broken("invalid_arguments", "files must be a list of {id, title}")
    shown = [_done(ask, file) for file in files]
    if where := ask.args.get("channel_id"):
        workspace, channel = ask.channel(str(where))
        may_post(ask, workspace, channel)
        said = str(ask.args.get("initial_comment") or "")
        arrived(ask, workspace, channel, workspace.post(channel.id, ask.bot.bot_user, said, files=shown))
    return {"files": [{"id": file["id"], "title": file["title"]} for file in shown]}


def _done(ask: Ask, file: Json) -> Json:
    upload = ask.platform.uploads.get(file["id"])
    if upload is None or upload.content is None:
        raise broken("file_not_found", "its bytes were not uploaded")
    return {"id": upload.id, "name": upload.name, "title": file.get("title") or upload.name, "alt_txt": upload.alt}


async def take(platform: "Platform", request: web.Request) -> web.StreamResponse:
    """Take the bytes of a file."""
    upload = platform.uploads.get(request.match_info["id"])
    content = await request.read()
    call = Call("upload", upload.team if upload else "", {"length": len(content)}, platform.clock())
    platform.calls.append(call)

    async def keep() -> Json:
        if upload is None or len(content) != upload.length:
            raise broken("invalid_upload", "as many bytes as announced are needed")
        upload.content = content
        return {}

    try:
        await carried_out(platform, request, call, keep)
    except SlackError as error:
        call.error = error.code
        if error.is_violation:
            platform.note(error.code, "upload", *error.details)
        return web.Response(status=error.more.get("status", 400), text=error.code, headers=error.more.get("headers"))
    return web.Response(text=f"OK - {len(content)}")
