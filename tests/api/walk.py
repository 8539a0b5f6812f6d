"""The job of a content system, call by call, over any client."""

from __future__ import annotations

import hashlib
from typing import Any

import httpx

from api.schemas import CertificateOut, ItemOut, ItemViewOut, LedgerOut, ReleasedOut
from tests.api.installation import FORM, person, upload

SIGNERS = ("李科", "陈主任", "赵副县长")


def submit(client: httpx.Client, data: bytes | str, name: str = "公示.txt", **more: str) -> Any:
    """A new item, as the drafter."""
    answer = client.post(
        "/v1/items", files=upload(data, name), data={**FORM, **more}, headers=person("王拟稿")
    )
    assert answer.status_code == 201, answer.text
    ItemOut.model_validate(answer.json(), strict=True)
    return answer.json()


def post(client: httpx.Client, item: Any, call: str, who: str, **asked: Any) -> httpx.Response:
    """A call on an item in someone's name, with the version the item was last seen in."""
    body = {"version": item["version"], **asked}
    return client.post(f"/v1/items/{item['id']}/{call}", json=body, headers=person(who))


def look(client: httpx.Client, item: Any) -> Any:
    """All that is known of an item."""
    answer = client.get(f"/v1/items/{item['id']}")
    assert answer.status_code == 200
    ItemViewOut.model_validate(answer.json(), strict=True)
    return answer.json()


def decide_all(client: httpx.Client, item: Any, action: str = "redact") -> Any:
    """One decision for everything that needs one."""
    for target in look(client, item)["undecided"]:
        answer = post(
            client,
            item,
            "decisions",
            "王拟稿",
            finding=target,
            action=action,
            reason="personal_privacy",
            note="删去",
        )
        assert answer.status_code == 200, answer.text
        item = answer.json()
    return item


def sign_all(client: httpx.Client, item: Any) -> Any:
    """Three signatures by three people."""
    for who in SIGNERS:
        answer = post(client, item, "signatures", who, opinion="agree", note="同意")
        assert answer.status_code == 200, answer.text
        item = answer.json()
    assert item["state"] == "approved"
    return item


def release(client: httpx.Client, item: Any) -> tuple[Any, bytes]:
    """The release and the bytes it hands out."""
    answer = post(client, item, "release", "陈主任")
    assert answer.status_code == 200, answer.text
    ReleasedOut.model_validate(answer.json(), strict=True)
    handed = client.get(f"/v1/items/{item['id']}/released")
    assert handed.status_code == 200
    return answer.json(), handed.content


def gate(client: httpx.Client, data: bytes) -> int:
    """What the gate says about these bytes."""
    answer = client.get(f"/v1/releases/{hashlib.sha256(data).hexdigest()}")
    if answer.status_code == 200:
        CertificateOut.model_validate(answer.json(), strict=True)
        assert answer.json()["sha256"] == hashlib.sha256(data).hexdigest()
    return answer.status_code


def whole_job(client: httpx.Client, data: bytes, name: str) -> None:
    """Screen, submit, decide, sign, release, ask the gate, withdraw."""
    screened = client.post("/v1/screen", files=upload(data, name)).json()
    assert screened["verdict"] == "block"
    item = submit(client, data, name)
    assert item["verdict"] == "block"
    assert gate(client, data) == 404
    item = sign_all(client, decide_all(client, item))
    made, released = release(client, item)
    assert released != data
    assert made["original_sha256"] == hashlib.sha256(data).hexdigest()
    assert gate(client, released) == 200
    changed = bytes([released[0] ^ 1]) + released[1:]
    assert gate(client, changed) == 404
    assert gate(client, data) == 404
    again = client.post("/v1/screen", files=upload(released, name)).json()
    assert again["verdict"] != "block"
    withdrawn = post(
        client,
        made | {"id": item["id"]},
        "withdrawal",
        "陈主任",
        reason="personal_privacy",
        note="到期",
    )
    assert withdrawn.status_code == 200, withdrawn.text
    assert withdrawn.json()["state"] == "withdrawn"
    assert gate(client, released) == 404
    assert client.get(f"/v1/items/{item['id']}/released").status_code == 404
    lines = client.get("/v1/ledger").json()
    LedgerOut.model_validate(lines, strict=True)
    tags = [line["tag"] for line in lines["entries"] if line["subject"] == item["id"]]
    assert tags[0] == "item:submit"
    assert tags[-5:] == ["item:sign"] * 3 + ["item:release", "item:withdraw"]
