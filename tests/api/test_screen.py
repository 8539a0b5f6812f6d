"""``POST /v1/screen``: what is taken, what is refused, and that nothing is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.schemas import ScreeningOut
from tests.api.installation import FILE_LIMIT, Installation, upload
from tests.number_screener import NUMBER

PROBLEM = "application/problem+json"


def test_a_file_is_screened_and_the_answer_is_what_the_description_says(
    client: TestClient, installation: Installation
) -> None:
    answer = client.post("/v1/screen", files=upload(f"身份证号：{NUMBER}。"))
    assert answer.status_code == 200
    found = answer.json()
    ScreeningOut.model_validate(found, strict=True)
    assert found["verdict"] == "block"
    assert found["path"] == "通知.txt"
    assert found["findings"][0]["excerpt"].startswith("11*")
    assert NUMBER not in answer.text
    assert not list(installation.config.blobs.rglob("*.*"))
    assert client.get("/v1/ledger").json()["entries"][-1]["tag"] == "ledger:genesis"


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 99, b"PK\x03\x04 no zip"])
def test_what_cannot_be_read_is_an_answer_too(client: TestClient, data: bytes) -> None:
    answer = client.post("/v1/screen", files=upload(data, "a.docx"))
    assert answer.status_code == 200
    assert answer.json()["verdict"] == "review"
    assert answer.json()["unread"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\公文\\通知.txt", "通知.txt"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("..", "file"),
        ("x" * 500 + ".txt", "x" * 196 + ".txt"),
    ],
)
def test_the_name_a_caller_gives_is_not_trusted(client: TestClient, name: str, told: str) -> None:
    answer = client.post("/v1/screen", files=upload("通知", name))
    assert answer.json()["path"] == told


def test_a_form_is_needed(client: TestClient) -> None:
    for content, kind in ((b"{}", "application/json"), (b"x", "text/plain"), (b"", "")):
        headers = {"Content-Type": kind} if kind else {}
        answer = client.post("/v1/screen", content=content, headers=headers)
        assert answer.status_code == 415
        assert answer.headers["content-type"] == PROBLEM


def test_the_file_is_needed_once_and_as_a_file(client: TestClient) -> None:
    missing = client.post("/v1/screen", files={"other": ("a.txt", b"x")})
    assert missing.status_code == 422
    assert missing.json()["errors"] == [{"field": "file", "why": "缺少这一项"}]
    text = client.post("/v1/screen", data={"file": "x"}, files={"b": ("b", b"")})
    assert text.status_code == 422
    two = client.post("/v1/screen", files=[("file", ("a", b"x")), ("file", ("b", b"y"))])
    assert two.status_code == 422


def test_the_limit_holds_for_what_is_declared(client: TestClient) -> None:
    answer = client.post("/v1/screen", files=upload(b"x" * (FILE_LIMIT + 400_000)))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == PROBLEM


def test_the_limit_holds_for_the_file_itself(client: TestClient) -> None:
    assert client.post("/v1/screen", files=upload(b"x" * FILE_LIMIT)).status_code == 200
    assert client.post("/v1/screen", files=upload(b"x" * (FILE_LIMIT + 1))).status_code == 413


def test_the_limit_holds_for_a_stream_without_a_length(client: TestClient) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        while sent < 50_000_000:
            sent += 65536
            yield b"x" * 65536

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = client.post("/v1/screen", content=endless(), headers=headers)
    assert answer.status_code == 413


def test_health_answers_while_a_scan_runs(client: TestClient, installation: Installation) -> None:
    installation.screener.gate.clear()
    installation.screener.entered.clear()
    answers: list[int] = []
    busy = threading.Thread(
        target=lambda: answers.append(client.post("/v1/screen", files=upload("通知")).status_code)
    )
    busy.start()
    assert installation.screener.entered.wait(10)
    assert client.get("/healthz").status_code == 200
    assert "screener_running 1.0" in client.get("/metrics").text
    assert answers == []
    installation.screener.gate.set()
    busy.join(10)
    assert answers == [200]


def test_a_fault_tells_nothing(
    client: TestClient, installation: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    installation.screener.fault = ValueError(f"cannot parse {NUMBER}")
    answer = client.post("/v1/screen", files=upload(NUMBER))
    assert answer.status_code == 500
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["code"] == "internal"
    assert "Traceback" not in answer.text
    assert NUMBER not in answer.text
    assert "ValueError" in caplog.text
    assert NUMBER not in caplog.text


def test_english_is_spoken_when_it_is_asked_for(client: TestClient) -> None:
    zh = client.post("/v1/screen", files={"x": ("a", b"")})
    en = client.post(
        "/v1/screen", files={"x": ("a", b"")}, headers={"Accept-Language": "de, en;q=0.8, zh;q=0.2"}
    )
    assert zh.json()["title"] != en.json()["title"]
    assert en.headers["content-language"] == "en"
    assert zh.headers["content-language"] == "zh-CN"
