"""Items: handing in, deciding, signing, releasing, the gate; and every refusal on the way."""

from __future__ import annotations

import hashlib
import json
import threading
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api import walk
from tests.api.installation import FORM, Installation, person, upload
from tests.number_screener import NUMBER

PAPER = f"公示\n王芳，身份证号{NUMBER}。\n"


def test_the_whole_job(client: TestClient, installation: Installation) -> None:
    walk.whole_job(client, PAPER.encode(), "公示.txt")
    for file in installation.config.home.rglob("*.db*"):
        assert NUMBER.encode() not in file.read_bytes()


def test_the_same_bytes_of_the_same_unit_are_the_same_item(client: TestClient) -> None:
    first = walk.submit(client, PAPER)
    again = client.post("/v1/items", files=upload(PAPER), data=FORM, headers=person("王拟稿"))
    assert again.status_code == 200
    assert again.json()["id"] == first["id"]
    assert again.headers["location"] == f"/v1/items/{first['id']}"
    other = client.post(
        "/v1/items", files=upload(PAPER), data=FORM | {"unit": "财政局"}, headers=person("王拟稿")
    )
    assert other.status_code == 201
    assert other.json()["id"] != first["id"]


def test_all_fields_of_a_paper_are_taken(client: TestClient) -> None:
    fields = {
        "channel": "微信",
        "doc_number": "民发〔2024〕3号",
        "index_number": "113401/2024-00012",
        "disclosure": "on_request",
        "leader": "true",
        "due": "2027-04-30",
    }
    item = walk.submit(client, "通知", **fields)
    assert item["doc_number"] == fields["doc_number"]
    assert item["disclosure"] == "on_request"
    assert item["leader"] is True
    assert item["due"] == "2027-04-30"
    assert item["drafter"] == "王拟稿"
    steps = walk.look(client, item)["steps"]
    assert [step["title"] for step in steps][-1] == "主要领导"
    blank = walk.submit(client, "通知二", due="", leader="", workflow="", channel="")
    assert blank["channel"] == "website"


def test_titles_with_values_are_stored_masked(client: TestClient) -> None:
    item = walk.submit(client, "通知", f"{NUMBER}.txt", title=f"{NUMBER}的公示")
    assert NUMBER not in str(walk.look(client, item))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"unit": ""}, "unit"),
        ({"unit": "   "}, "unit"),
        ({"unit": "民政局\0"}, "unit"),
        ({"title": "x" * 501}, "title"),
        ({"disclosure": "secret"}, "disclosure"),
        ({"due": "soon"}, "due"),
        ({"leader": "perhaps"}, "leader"),
        ({"chanel": "website"}, ""),
        ({"doc_number": "a\nb"}, "doc_number"),
    ],
)
def test_fields_that_cannot_be_used_are_named(
    client: TestClient, fields: dict[str, str], field: str
) -> None:
    answer = client.post(
        "/v1/items", files=upload("通知"), data=FORM | fields, headers=person("王拟稿")
    )
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_an_unknown_workflow_is_refused(client: TestClient) -> None:
    answer = client.post(
        "/v1/items", files=upload("x"), data=FORM | {"workflow": "none"}, headers=person("王")
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Screener-Actor": ""},
        {"Screener-Actor": "%20%20"},
        {"Screener-Actor": "%ff%fe"},
        {"Screener-Actor": "a%00b"},
        {"Screener-Actor": "a%0Ab"},
        {"Screener-Actor": "a%E2%80%AEb"},
        {"Screener-Actor": "x" * 101},
    ],
)
def test_someone_must_be_named(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/v1/items", files=upload("通知"), data=FORM, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Screener-Actor"


@pytest.mark.parametrize("raw", ["王芳".encode(), b"%E7%8E%8B%E8%8A%B3", b"%e7%8e%8b\xe8\x8a\xb3"])
def test_names_come_percent_encoded_or_raw(client: TestClient, raw: bytes) -> None:
    answer = client.post(
        "/v1/items", files=upload("通知"), data=FORM, headers={b"Screener-Actor": raw}
    )
    assert answer.json()["drafter"] == "王芳"


def test_two_actors_in_one_request_are_none(client: TestClient) -> None:
    answer = client.post(
        "/v1/items",
        files=upload("通知"),
        data=FORM,
        headers=[("Screener-Actor", "a"), ("Screener-Actor", "b")],
    )
    assert answer.status_code == 422


def with_key(client: TestClient, key: str, data: str = PAPER, **fields: str) -> Any:
    headers = person("王拟稿") | {"Idempotency-Key": key}
    return client.post("/v1/items", files=upload(data), data=FORM | fields, headers=headers)


def test_a_call_sent_again_gives_the_same_answer(client: TestClient) -> None:
    first, again = with_key(client, "k1"), with_key(client, "k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert len(client.get("/v1/items").json()["items"]) == 1


@pytest.mark.parametrize(
    ("data", "fields"), [("通知", {}), (PAPER, {"title": "别的"}), (PAPER, {"unit": "财政局"})]
)
def test_a_key_is_for_one_request(client: TestClient, data: str, fields: dict[str, str]) -> None:
    assert with_key(client, "k1").status_code == 201
    answer = with_key(client, "k1", data, **fields)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert len(client.get("/v1/items").json()["items"]) == 1


def test_a_key_in_use_is_a_conflict(client: TestClient, installation: Installation) -> None:
    installation.screener.gate.clear()
    installation.screener.entered.clear()
    first: list[int] = []
    slow = threading.Thread(target=lambda: first.append(with_key(client, "k1").status_code))
    slow.start()
    assert installation.screener.entered.wait(10)
    assert with_key(client, "k1").status_code == 409
    installation.screener.gate.set()
    slow.join(10)
    assert first == [201]


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_has_a_length(client: TestClient, key: str) -> None:
    assert with_key(client, key).status_code == 422


def test_a_failed_call_is_not_remembered(client: TestClient, installation: Installation) -> None:
    installation.screener.fault = ValueError("x")
    assert with_key(client, "k1").status_code == 500
    installation.screener.fault = None
    assert with_key(client, "k1").status_code == 201


def test_a_stale_version_is_a_conflict(client: TestClient) -> None:
    item = walk.submit(client, PAPER)
    (target,) = walk.look(client, item)["undecided"]
    asked = {"finding": target, "action": "redact", "reason": "personal_privacy", "note": "删"}
    assert walk.post(client, item, "decisions", "甲", **asked).status_code == 200
    stale = walk.post(client, item, "decisions", "乙", **asked | {"action": "withhold"})
    assert stale.status_code == 409
    assert stale.json()["code"] == "conflict"
    assert stale.json()["detail"]


def test_undecided_findings_are_named(client: TestClient) -> None:
    item = walk.submit(client, PAPER)
    answer = walk.post(client, item, "signatures", "李科", opinion="agree")
    if answer.status_code == 200:  # the first step may sign before all is decided
        answer = walk.post(client, answer.json(), "signatures", "陈主任", opinion="agree")
    assert answer.status_code == 422
    assert answer.json()["code"] == "undecided"
    assert answer.json()["targets"] == walk.look(client, item)["undecided"]


def test_the_drafter_may_not_sign_and_nobody_twice(client: TestClient) -> None:
    item = walk.submit(client, "通知")
    own = walk.post(client, item, "signatures", "王拟稿", opinion="agree")
    assert own.status_code == 403
    assert own.json()["code"] == "not_allowed"
    item = walk.post(client, item, "signatures", "李科", opinion="agree").json()
    assert walk.post(client, item, "signatures", "李科", opinion="agree").status_code == 403


def test_no_release_before_all_signed(client: TestClient) -> None:
    item = walk.submit(client, "通知")
    answer = walk.post(client, item, "release", "陈主任")
    assert answer.status_code == 409
    assert client.get(f"/v1/items/{item['id']}/released").status_code == 404


def test_a_returned_item_gets_a_new_version(client: TestClient) -> None:
    item = walk.submit(client, PAPER)
    item = walk.post(client, item, "signatures", "李科", opinion="return", note="请改").json()
    assert item["state"] == "returned"
    answer = client.post(
        f"/v1/items/{item['id']}/versions",
        files=upload("公示\n王芳。\n"),
        data={"version": str(item["version"])},
        headers=person("王拟稿"),
    )
    assert answer.status_code == 201
    assert answer.json()["revision"] == 2
    view = walk.look(client, answer.json())
    assert view["verdict"] == "clear"
    assert [gone["change"] for gone in view["gone"]] == ["gone"]
    stale = client.post(
        f"/v1/items/{item['id']}/versions",
        files=upload("三"),
        data={"version": str(item["version"])},
        headers=person("王拟稿"),
    )
    assert stale.status_code == 409


def test_what_was_not_read_is_decided_too(client: TestClient) -> None:
    item = walk.submit(client, b"\x00\x01\x02" * 50, "表.docx")
    view = walk.look(client, item)
    assert view["unread"][0]["id"] in view["undecided"]
    asked = {"finding": view["undecided"][0], "reason": "personal_privacy", "note": "看过"}
    redact = walk.post(client, item, "decisions", "甲", **asked, action="redact")
    assert redact.status_code == 422 or redact.status_code == 409
    keep = walk.post(client, item, "decisions", "甲", **asked, action="keep")
    assert keep.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '{"version": 1}',
        '{"version": "1", "opinion": "agree"}',
        '{"version": true, "opinion": "agree"}',
        '{"version": 1.5, "opinion": "agree"}',
        '{"version": -1, "opinion": "agree"}',
        '{"version": 1e400, "opinion": "agree"}',
        '{"version": 99999999999999999999, "opinion": "agree"}',
        '{"version": 1, "opinion": "maybe"}',
        '{"version": 1, "opinion": "agree", "note": 5}',
        '{"version": 1, "opinion": "agree", "note": "\\u0000"}',
        '{"version": 1, "opinion": "agree", "note": "\\ud800"}',
        '{"version": 1, "opinion": "agree", "nott": "x"}',
        "[" * 20_000,
        '{"version": 1, "opinion": "agree", "note": "' + "x" * 5000 + '"}',
    ],
)
def test_bodies_that_cannot_be_used(client: TestClient, body: str) -> None:
    item = walk.submit(client, "通知")
    answer = client.post(
        f"/v1/items/{item['id']}/signatures",
        content=body,
        headers=person("李科") | {"Content-Type": "application/json"},
    )
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert walk.look(client, item)["version"] == 1


def test_a_body_must_call_itself_json_and_be_small(client: TestClient) -> None:
    item = walk.submit(client, "通知")
    address = f"/v1/items/{item['id']}/signatures"
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        headers = person("李科") | {"Content-Type": kind}
        assert client.post(address, content=b"{}", headers=headers).status_code == 415
    headers = person("李科") | {"Content-Type": "application/json"}
    assert client.post(address, content=b" " * 300_000, headers=headers).status_code == 413


def test_the_queue_is_paged_and_narrowed(client: TestClient) -> None:
    for number in range(5):
        walk.submit(client, f"通知{number}", unit="财政局" if number == 4 else "民政局")
    first = client.get("/v1/items?limit=3").json()
    rest = client.get("/v1/items", params={"limit": 3, "cursor": first["cursor"]}).json()
    assert len(first["items"]) == 3
    assert len(rest["items"]) == 2
    assert rest["cursor"] is None
    assert len(client.get("/v1/items", params={"unit": "财政局"}).json()["items"]) == 1
    assert client.get("/v1/items?state=released").json()["items"] == []
    assert client.get("/v1/items?cursor=nonsense").status_code == 422


def test_the_ledger_is_read_in_pieces(client: TestClient) -> None:
    for number in range(3):
        walk.submit(client, f"通知{number}")
    first = client.get("/v1/ledger?limit=2").json()
    assert [line["seq"] for line in first["entries"]] == [1, 2]
    assert first["after"] == 2
    rest = client.get("/v1/ledger?limit=2&after=2").json()
    assert [line["seq"] for line in rest["entries"]] == [3, 4]
    assert client.get("/v1/ledger?after=4").json() == {"entries": [], "after": None}


def test_the_ledger_can_be_checked_from_what_is_answered(client: TestClient) -> None:
    walk.submit(client, PAPER)
    previous = "0" * 64
    for line in client.get("/v1/ledger").json()["entries"]:
        assert line["previous"] == previous
        previous = line.pop("digest")
        text = json.dumps(line, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == previous
