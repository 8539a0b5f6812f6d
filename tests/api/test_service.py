"""Keys, open addresses, headers, logs, metrics, description, starting."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.auth import check_startup
from api.envelope import chosen_language
from api.server import build_server
from screener.errors import UsageProblem
from tests.api.installation import KEY, OTHER_KEY, Installation, upload
from tests.number_screener import NUMBER


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        f"Basic {KEY}",
        f"Bearer {KEY}x",
        f"Bearer {KEY[:-1]}",
        KEY,
        "Bearer é",
    ],
)
def test_no_key_no_answer(installation: Installation, header: str | None) -> None:
    with TestClient(create_app(installation.application)) as client:
        headers = {} if header is None else {"Authorization": header.encode("latin-1")}
        for method, path in (
            ("POST", "/v1/screen"),
            ("GET", "/v1/items"),
            ("GET", f"/v1/releases/{'0' * 64}"),
            ("GET", "/v1/ledger"),
            ("GET", "/nothing/here"),
        ):
            answer = client.request(method, path, headers=headers)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert answer.json()["code"] == "unauthorised"


def test_every_key_opens(installation: Installation) -> None:
    with TestClient(create_app(installation.application)) as client:
        for key in (KEY, OTHER_KEY):
            headers = {"Authorization": f"bearer {key}"}
            assert client.get("/v1/items", headers=headers).status_code == 200


def test_a_body_is_not_read_without_a_key(installation: Installation) -> None:
    with TestClient(create_app(installation.application)) as client:
        read: list[int] = []

        def body() -> object:
            for _turn in range(50):
                read.append(1)
                yield b"x" * 65536

        answer = client.post("/v1/screen", content=body())
        assert answer.status_code == 401


def test_health_is_open_and_empty_of_data(installation: Installation) -> None:
    with TestClient(create_app(installation.application)) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        for _turn in range(100):
            if client.get("/readyz").status_code == 200:
                break
        assert client.get("/readyz").json() == {"status": "ready"}
        assert "screener_requests_total" in client.get("/metrics").text
        assert client.get("/openapi.json").json()["openapi"].startswith("3.")


def test_not_ready_while_the_books_do_not_answer(
    installation: Installation, client: TestClient
) -> None:
    installation.config.home.joinpath("screener.db").unlink(missing_ok=True)
    installation.queue = None  # type: ignore[assignment]  # nothing answers
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["code"] == "not_ready"
    assert client.get("/healthz").status_code == 200


def test_without_a_key_only_a_local_name_is_answered(tmp_path: Path) -> None:
    installation = Installation(tmp_path, keys=())
    with TestClient(create_app(installation.application), base_url="http://localhost") as client:
        for host in ("localhost:8765", "127.0.0.1:8765", "[::1]:8765"):
            assert client.get("/v1/items", headers={"Host": host}).status_code == 200
        for host in ("evil.example", "127.0.0.1.evil.example", "10.0.0.1:8765"):
            answer = client.get("/v1/items", headers={"Host": host})
            assert answer.status_code == 403
    installation.repository.close()


@pytest.mark.parametrize(
    ("keys", "host", "insecure", "starts"),
    [
        (("k",), "0.0.0.0", False, True),
        ((), "127.0.0.1", False, False),
        (("", "  "), "127.0.0.1", False, False),
        ((), "127.0.0.1", True, True),
        ((), "localhost", True, True),
        ((), "::1", True, True),
        ((), "0.0.0.0", True, False),
        ((), "10.0.0.1", True, False),
        ((), "example.gov.cn", True, False),
    ],
)
def test_the_service_starts_only_with_a_key_or_on_this_machine(
    keys: tuple[str, ...], host: str, insecure: bool, starts: bool
) -> None:
    if starts:
        check_startup(keys, host, insecure_local=insecure)
    else:
        with pytest.raises(UsageProblem):
            check_startup(keys, host, insecure_local=insecure)


def test_loopback_is_where_it_listens(installation: Installation) -> None:
    assert build_server(installation.application, port=0).config.host == "127.0.0.1"
    installation.config = replace(
        installation.config, service=replace(installation.config.service, api_keys=())
    )
    with pytest.raises(UsageProblem):
        build_server(installation.application)


def test_answers_carry_an_id_and_are_not_kept_by_anyone(client: TestClient) -> None:
    for path in ("/healthz", "/v1/items", "/nothing"):
        headers = client.get(path).headers
        assert len(headers["x-request-id"]) == 32
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers
    assert (
        client.get("/healthz").headers["x-request-id"]
        != client.get("/healthz").headers["x-request-id"]
    )


def test_logs_and_metrics_hold_no_name_and_no_query(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client.post("/v1/screen", files=upload(f"号码{NUMBER}", f"{NUMBER}.txt"))
    client.get(f"/v1/items?unit={NUMBER}")
    client.get(f"/{NUMBER}")
    client.request(NUMBER, "/v1/items")
    client.get(f"/v1/items/{NUMBER}")
    own = [record.getMessage() for record in caplog.records if record.name == "screener.api"]
    assert any("POST /v1/screen status=200" in line for line in own)
    assert NUMBER not in "\n".join(own)
    metrics = client.get("/metrics").text
    assert NUMBER not in metrics
    assert 'screener_findings_total{entity="CN_ID_CARD",level="block"}' in metrics
    assert 'route="/v1/items/{item}"' in metrics
    assert 'method="OTHER"' in metrics


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/docs", 404),
        ("GET", "/v1/screen", 405),
        ("DELETE", "/v1/items", 405),
        ("GET", "/v1/items/", 404),
        ("GET", "/v1/releases/xyz", 422),
        ("GET", f"/v1/releases/{'0' * 64}", 404),
        ("GET", f"/v1/releases/{'0' * 63}%0a", 422),
        ("GET", "/v1/items?state=nonsense", 422),
        ("GET", "/v1/items?limit=0", 422),
        ("GET", "/v1/items?cursor=%00", 422),
        ("GET", "/v1/ledger?after=-1", 422),
        ("GET", "/v1/ledger?after=99999999999999999999999", 422),
        ("GET", "/v1/items/%00", 404),
        ("GET", "/v1/items/2024-99999", 404),
        ("POST", "/v1/items/2024-99999/release", 415),
    ],
)
def test_every_refusal_is_a_problem_document(
    client: TestClient, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path, headers={"Screener-Actor": "a"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["type"] == f"urn:screener:problem:{problem['code']}"


def test_a_wrong_method_is_told_the_right_ones(client: TestClient) -> None:
    assert client.delete("/v1/items").headers["allow"] == "GET, POST"
    assert client.delete("/v1/items/2026-00001").headers["allow"] == "GET"
    assert client.get("/v1/screen").headers["allow"] == "POST"


def test_the_description_is_complete(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    calls = {
        (method.upper(), path)
        for path, operations in described["paths"].items()
        for method in operations
    }
    assert calls == {
        ("POST", "/v1/screen"),
        ("GET", "/v1/items"),
        ("POST", "/v1/items"),
        ("GET", "/v1/items/{item}"),
        ("POST", "/v1/items/{item}/versions"),
        ("POST", "/v1/items/{item}/decisions"),
        ("POST", "/v1/items/{item}/signatures"),
        ("POST", "/v1/items/{item}/release"),
        ("POST", "/v1/items/{item}/withdrawal"),
        ("GET", "/v1/items/{item}/released"),
        ("GET", "/v1/releases/{sha256}"),
        ("GET", "/v1/ledger"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/metrics"),
    }
    for path, operations in described["paths"].items():
        for operation in operations.values():
            guarded = path.startswith("/v1/")
            assert operation["security"] == ([{"key": []}] if guarded else [])
            if guarded:
                assert "401" in operation["responses"]
    body = described["paths"]["/v1/items"]["post"]["requestBody"]["content"]["multipart/form-data"]
    assert set(body["schema"]["required"]) == {"file", "unit", "title"}
    text = str(described)
    assert "'$ref': '#/components/schemas/ProblemOut'" in text
    for name in __import__("re").findall(r"#/components/schemas/(\w+)", text):
        assert name in described["components"]["schemas"]
    decision = described["components"]["schemas"]["DecisionIn"]
    assert decision["examples"]


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        ("", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("fr", "zh"),
        ("fr, en;q=0.1", "en"),
        ("en;q=0", "zh"),
        ("en;q=x, zh", "zh"),
        (",;;,", "zh"),
    ],
)
def test_the_language_is_the_callers(header: str, spoken: str) -> None:
    assert chosen_language(header) == spoken


def test_an_english_installation_speaks_english() -> None:
    assert chosen_language("", "en") == "en"
    assert chosen_language("zh-CN", "en") == "zh"
