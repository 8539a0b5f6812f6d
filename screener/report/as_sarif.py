"""SARIF 2.1.0 (OASIS): for code hosts and other tools that collect results.

Regions are code-point offsets into the text that ``screener extract`` prints. Values are never in
it: a SARIF file is made to be passed on.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any, TextIO
from urllib.parse import quote

from screener.i18n import _, current_language
from screener.report.words import Words, kind_word, unread_word

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"block": "error", "review": "warning", "note": "note"}


def write(
    screenings: Iterable[Mapping[str, Any]],
    stream: TextIO,
    *,
    words: Words = Words(),  # noqa: B008  # frozen
    show_notes: bool = True,
) -> None:
    """Write one run with all findings; unread parts are notifications and fail the invocation."""
    results: list[dict[str, Any]] = []
    artifacts: list[dict[str, Any]] = []
    notifications: list[dict[str, Any]] = []
    rules: dict[str, dict[str, Any]] = {}
    versions: Mapping[str, str] = {}
    for screening in screenings:
        versions = screening["versions"]
        artifacts.append(_artifact(screening))
        place = {"uri": _uri(screening["path"]), "index": len(artifacts) - 1}
        for finding in screening["findings"]:
            rule = rules.setdefault(finding["rule"], _rule(finding, words))
            results.append(_result(finding, rule, list(rules).index(rule["id"]), place))
        notifications += [_notification(entry, place) for entry in screening["unread"]]
    driver: dict[str, Any] = {"name": "Screener", "rules": list(rules.values())}
    if versions.get("tool"):
        driver["version"] = versions["tool"]
    run = {
        "tool": {"driver": driver},
        "language": "en-US" if current_language() == "en" else "zh-CN",
        "columnKind": "unicodeCodePoints",
        "artifacts": artifacts,
        "results": results,
        "invocations": [
            {
                "executionSuccessful": not notifications,
                "toolExecutionNotifications": notifications,
            }
        ],
        "properties": {"pack": versions.get("pack", ""), "policy": versions.get("policy", "")},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    text = json.dumps(log, ensure_ascii=False, indent=1)
    stream.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def _artifact(screening: Mapping[str, Any]) -> dict[str, Any]:
    artifact: dict[str, Any] = {
        "location": {"uri": _uri(screening["path"])},
        "properties": {"verdict": screening["verdict"], "remarks": list(screening["remarks"])},
    }
    if screening["sha256"]:
        artifact["hashes"] = {"sha-256": screening["sha256"]}
        artifact["length"] = screening["size"]
    if screening["media_type"]:
        artifact["mimeType"] = screening["media_type"]
    return artifact


def _rule(finding: Mapping[str, Any], words: Words) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": finding["rule"],
        "name": finding["entity"],
        "shortDescription": {"text": words.rule(finding["rule"])},
    }
    if finding["advice"]:
        rule["help"] = {"text": finding["advice"]}
    return rule


def _result(
    finding: Mapping[str, Any], rule: Mapping[str, Any], index: int, place: Mapping[str, Any]
) -> dict[str, Any]:
    text = _("{rule}: {excerpt} ({place})").format(
        rule=rule["shortDescription"]["text"], excerpt=finding["excerpt"], place=finding["place"]
    )
    length = finding["end"] - finding["start"]
    return {
        "ruleId": finding["rule"],
        "ruleIndex": index,
        "level": _LEVELS[finding["level"]],
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": dict(place),
                    "region": {"charOffset": finding["start"], "charLength": length},
                },
                "logicalLocations": [{"fullyQualifiedName": finding["place"]}],
            }
        ],
        "partialFingerprints": {"screener/v1": finding["fingerprint"], "id/v1": finding["id"]},
        "rank": round(finding["confidence"] * 100, 1),
        "properties": {
            "severity": finding["severity"],
            "visible": finding["visible"],
            "kind": kind_word(finding["kind"]) or finding["kind"],
            "reasons": list(finding["reasons"]),
        },
    }


def _notification(entry: Mapping[str, Any], place: Mapping[str, Any]) -> dict[str, Any]:
    what = _("{part} was not read: {why}").format(
        part=entry["what"], why=unread_word(entry["reason"])
    )
    return {
        "level": "error",
        "descriptor": {"id": entry["reason"]},
        "message": {"text": what},
        "locations": [{"physicalLocation": {"artifactLocation": dict(place)}}],
    }


def _uri(path: str) -> str:
    """A relative reference or a file URI. A colon in the first part would read as a scheme."""
    if "://" in path[:10]:
        return quote(path, safe="/:?#[]@!$&'()*+,;=%", errors="backslashreplace")
    plain = path.replace(os.sep, "/")
    # Bytes of a name that are no text stand as they are in the file system.
    escaped = quote(plain, safe="/", errors="surrogateescape")
    return ("file://" if plain.startswith("/") else "") + escaped
