"""Pieces of the OpenAPI description that FastAPI cannot see: forms read by hand, problems, keys."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from api.problems import MEDIA_TYPE
from api.schemas import ProblemOut

_DESCRIPTIONS = {
    400: "The request cannot be read",
    401: "No key, or a wrong one",
    403: "This person may not",
    404: "Not there",
    409: "Stale version, or step out of order",
    413: "Larger than the limit",
    415: "Not the content type taken here",
    422: "The request cannot be used as it is, or findings are undecided",
    503: "Not ready",
}

ACTOR = {
    "name": "Screener-Actor",
    "in": "header",
    "required": True,
    "description": "The person in whose name this is recorded: UTF-8, percent-encoded.",
    "schema": {"type": "string", "maxLength": 100},
    "example": "%E7%8E%8B%E8%8A%B3",
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key with the same request gives the same answer again.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "example": "cms-2024-000123",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Descriptions of the problem answers of a route."""
    schema = {"$ref": "#/components/schemas/ProblemOut"}
    return {
        status: {
            "description": _DESCRIPTIONS[status],
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in (401, *statuses)
    }


def multipart_body(fields: type[BaseModel] | None) -> dict[str, Any]:
    """The request body of a form with ``file`` and these fields."""
    described = fields.model_json_schema() if fields else {"properties": {}}
    properties = {
        "file": {"type": "string", "format": "binary", "description": "The file, with its name."},
        **described["properties"],
    }
    schema = {
        "type": "object",
        "required": ["file", *described.get("required", [])],
        "properties": properties,
    }
    return {
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    }


def describe(description: dict[str, Any]) -> dict[str, Any]:
    """The finished description: the key under ``/v1``, and the shape of problems."""
    components = description.setdefault("components", {})
    components.setdefault("schemas", {})["ProblemOut"] = ProblemOut.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    nested = components["schemas"]["ProblemOut"].pop("$defs", {})
    components["schemas"].update(nested)
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    for path, operations in description.get("paths", {}).items():
        for operation in operations.values():
            operation["security"] = [{"key": []}] if path.startswith("/v1/") else []
            # FastAPI's own description of 422 is not what this service answers.
            invalid = operation.get("responses", {}).get("422", {})
            if "application/json" in invalid.get("content", {}):
                operation["responses"]["422"] = problems(422)[422]
    for name in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(name, None)
    return description
