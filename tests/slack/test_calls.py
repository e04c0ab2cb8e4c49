"""Says what is made of an answer that cannot be read: Slack, or what stands before it, broke off."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import Response

from adapters.slack.calls import Failed, call
from tests.hosting import listening


@pytest.mark.parametrize("status", [200, 502])
@pytest.mark.parametrize(
    ("kind", "body"),
    [("application/json", '{"ok": tr'), ("application/json", "[]"), ("text/html", "<p>Wait</p>"), ("text/plain", "")],
)
async def test_a_call_whose_answer_cannot_be_read_may_have_been_carried_out(status: int, kind: str, body: str) -> None:
    async with listening(Response(body, status, media_type=kind)) as url:
        answer = await call(
            AsyncWebClient("xoxb-1", base_url=f"{url}/api/", retry_handlers=[]).chat_postMessage(
                channel="D1", text="Morning"
            )
        )

    assert isinstance(answer, Failed)
    assert answer.is_in_doubt
