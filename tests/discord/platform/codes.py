"""Holds Discord's error codes that the platform answers with: their HTTP status and their words."""

from tests.discord.platform.state import Json

# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
CODES: dict[int, tuple[int, str]] = {
    401: (401, "401: Unauthorized"),
    404: (404, "404: Not Found"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    30034: (400, "Maximum number of daily application command creates has been reached (200)"),
    40003: (400, "You are opening direct messages too fast"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged"),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "You lack permissions to perform that action"),
    50027: (401, "Invalid webhook token provided"),
    50035: (400, "Invalid Form Body"),
    50109: (400, "The request body contains invalid JSON."),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
}


def said(code: int, errors: dict[str, str]) -> tuple[int, Json]:
    """Return the HTTP status and the body for an error code; *errors* become Discord's nested object."""
    status, words = CODES.get(code, (400, "Something is wrong"))
    body: Json = {"message": words, "code": 0 if code in {401, 404} else code}
    if errors:
        body["errors"] = _nested(errors)
    return status, body


def _nested(errors: dict[str, str]) -> Json:
    tree: Json = {}
    for path, sentence in errors.items():
        place = tree
        for step in filter(None, path.split(".")):
            place = place.setdefault(step, {})
        place.setdefault("_errors", []).append({"code": "INVALID", "message": sentence})
    return tree
