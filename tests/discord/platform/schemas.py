"""Checks request bodies against Discord's official OpenAPI document."""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.discord.platform.state import Json

_FILE = Path(__file__).parent.parent / "spec" / "openapi.json.gz"
_HERE = "urn:discord"


@cache
def document() -> Json:
    """Return the document, with each reference in it leading to itself by name."""
    text = gzip.decompress(_FILE.read_bytes()).decode()
    found: Json = json.loads(text.replace('"#/components/', f'"{_HERE}#/components/'))
    # The document takes ids as text alone. Discord takes whole numbers as well, and discord.py sends them so in
    # `recipient_id` and `allowed_mentions`.
    found["components"]["schemas"]["SnowflakeType"] = {
        "anyOf": [{"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}, {"type": "integer", "minimum": 0}]
    }
    return found


def problems(route: str, body: Any) -> dict[str, str]:
    """Return what is wrong with *body* for a *route* such as "POST /channels/{channel_id}/messages".

    The sentences are by the path to what they are about, as in "components.0.label".
    """
    validator = _validator(route)
    return _told(validator.iter_errors(body)) if validator else {}


def problems_of(name: str, body: Any) -> dict[str, str]:
    """Return what is wrong with *body* for a schema of the document by *name*, such as "MessageCreateRequest"."""
    return _told(_checking({"$ref": f"{_HERE}#/components/schemas/{name}"}).iter_errors(body))


def problems_of_answer(route: str, body: Any) -> dict[str, str]:
    """Return what is wrong with *body* as the answer 200 to a *route*."""
    method, _space, path = route.partition(" ")
    answer = document()["paths"][path][method.lower()]["responses"]["200"]
    return _told(_checking(answer["content"]["application/json"]["schema"]).iter_errors(body))


def _told(errors: Iterator[ValidationError]) -> dict[str, str]:
    return {".".join(map(str, error.absolute_path)): error.message for error in errors}


@cache
def _validator(route: str) -> Validator | None:
    """Return the check of a route's body, None if it takes none."""
    method, _space, path = route.partition(" ")
    body = document()["paths"][path][method.lower()].get("requestBody")
    return _checking(body["content"]["application/json"]["schema"]) if body else None


def _checking(schema: Json) -> Validator:
    registry: Registry[Any] = Registry().with_resource(_HERE, DRAFT202012.create_resource(document()))
    found: Validator = _STRICT(schema, registry=registry)
    return found


def _one_of(validator: Any, branches: list[Json], instance: Any, schema: Json) -> Iterator[ValidationError]:
    """Check *instance* by the branch of its kind alone: then the error names the field and not just the union."""
    fitting = [branch for branch in branches if _may_be(branch, instance)]
    if len(fitting) == 1:
        yield from validator.descend(instance, fitting[0])
    elif not any(validator.evolve(schema=branch).is_valid(instance) for branch in fitting):
        kind = instance.get("type") if isinstance(instance, dict) else type(instance).__name__
        yield ValidationError(f"nothing of type {kind} fits here")


def _may_be(branch: Json, instance: Any) -> bool:
    """Tell whether a branch could be meant, by the `type` that it asks for."""
    if branch.get("type") == "null":
        return instance is None
    resolved = _named(branch["$ref"]) if "$ref" in branch else branch
    kinds = resolved.get("properties", {}).get("type", {}).get("enum")
    return instance is not None and (kinds is None or (isinstance(instance, dict) and instance.get("type") in kinds))


def _named(reference: str) -> Json:
    found: Json = document()["components"]["schemas"][reference.rpartition("/")[2]]
    return found


_STRICT: Any = extend(  # type: ignore[no-untyped-call]  # jsonschema leaves it untyped
    Draft202012Validator, {"oneOf": _one_of, "anyOf": _one_of}
)
