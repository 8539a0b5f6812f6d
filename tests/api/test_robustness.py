"""Whatever is sent, the answer is a problem document and never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.installation import Installation, person

HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
BODIES = [
    b"",
    b"--b",
    b"--b--\r\n",
    b"--b\r\n\r\n--b--\r\n",
    b"--wrong\r\n\r\nx\r\n--wrong--\r\n",
    HEAD,
    HEAD + b"\r\n",
    HEAD + b"\r\ncut off",
    HEAD + b"\r\ncut off\r\n--b",
    b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
    b'--b\r\nContent-Disposition: form-data; name="\x00"; filename="a"\r\n\r\nx\r\n--b--\r\n',
    b'--b\r\nContent-Disposition: form-data; name="unit"\r\n\r\n\x00\xff\xfe\r\n--b--\r\n',
    b"--b\r\n" + b"X-A: b\r\n" * 5000 + b"\r\nx\r\n--b--\r\n",
    b"--b\r\n" + b"A" * 100_000 + b": b\r\n\r\nx\r\n--b--\r\n",
    b'--b\r\nContent-Disposition: form-data; name="unit"\r\n\r\nx\r\n' * 200 + b"--b--\r\n",
    b'--b\r\nContent-Disposition: form-data; name="unit"\r\n\r\n'
    + b"x" * 90_000
    + b"\r\n--b--\r\n",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    installation = Installation(tmp_path_factory.mktemp("robust") / "home")
    with installation.client() as made:
        yield made
    installation.repository.close()


def refused(client: TestClient, path: str, body: bytes, kind: str) -> int:
    answer = client.post(path, content=body, headers=person("王") | {"Content-Type": kind})
    assert answer.status_code < 500, (path, body[:80], answer.text)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
    return int(answer.status_code)


@pytest.mark.parametrize("path", ["/v1/screen", "/v1/items", "/v1/items/2026-00001/versions"])
@pytest.mark.parametrize("body", BODIES)
def test_broken_forms(client: TestClient, path: str, body: bytes) -> None:
    assert refused(client, path, body, "multipart/form-data; boundary=b") in (400, 413, 422)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("multipart/form-data", 400),
        ("multipart/form-data; boundary=", 400),
        ("multipart/form-data; boundary=" + "b" * 5000, 400),
        ("multipart/form-data; boundary=é", 400),
        ("multipart/form-data; boundary=b; charset=undefined", 415),
        ("multipart/form-data; boundary=b; charset=utf-7", 415),
        ("multipart/form-data; boundary=b; charset=zlib", 415),
        ("multipart/mixed; boundary=b", 415),
        ("application/x-www-form-urlencoded", 415),
    ],
)
def test_broken_content_types(client: TestClient, kind: str, status: int) -> None:
    found = client.post(
        "/v1/screen",
        content=HEAD + b"\r\nx\r\n--b--\r\n",
        headers={"Content-Type": kind.encode("latin-1")},
    )
    assert found.status_code in (status, 422, 400)
    assert found.status_code < 500


@settings(max_examples=80, deadline=None)
@given(body=st.binary(max_size=300), path=st.sampled_from(["screen", "items"]))
def test_any_bytes_as_a_form(client: TestClient, body: bytes, path: str) -> None:
    refused(
        client,
        f"/v1/{path}",
        HEAD + b"\r\n" + body + b"\r\n--b--\r\n",
        "multipart/form-data; boundary=b",
    )


@settings(max_examples=60, deadline=None)
@given(
    fields=st.dictionaries(
        st.sampled_from(
            ["unit", "title", "due", "leader", "channel", "disclosure", "workflow", "?"]
        ),
        st.text(max_size=20),
    )
)
def test_any_text_as_fields(client: TestClient, fields: dict[str, str]) -> None:
    safe = {k: v.encode("utf-8", "surrogatepass") for k, v in fields.items()}
    body = b"".join(
        b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (k.encode(), v)
        for k, v in safe.items()
    )
    refused(
        client, "/v1/items", body + HEAD + b"\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["version", "finding", "action", "reason", "note", "opinion", "x"]),
            inner,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(body=JSON, call=st.sampled_from(["decisions", "signatures", "release", "withdrawal"]))
def test_any_json(client: TestClient, body: object, call: str) -> None:
    import json

    text = json.dumps(body).encode()
    refused(client, f"/v1/items/2026-00001/{call}", text, "application/json")


@settings(max_examples=80, deadline=None)
@given(
    value=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=60),
    name=st.sampled_from(
        ["Screener-Actor", "Idempotency-Key", "Accept-Language", "Authorization", "Content-Type"]
    ),
)
def test_any_header(client: TestClient, name: str, value: str) -> None:
    headers = person("王") | {name: value.encode("latin-1")}
    answer = client.post("/v1/items", content=b"x", headers=headers)
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"


@settings(max_examples=80, deadline=None)
@given(part=st.text(max_size=30))
def test_any_path_and_query(client: TestClient, part: str) -> None:
    from urllib.parse import quote

    quoted = quote(part.encode("utf-8", "surrogatepass"), safe="")
    for path in (
        f"/v1/items/{quoted}",
        f"/v1/releases/{quoted}",
        f"/v1/items?cursor={quoted}",
        f"/v1/items?unit={quoted}",
        f"/v1/items?state={quoted}",
        f"/v1/ledger?after={quoted}",
        f"/{quoted}",
    ):
        assert client.get(path).status_code < 500, path


def test_the_installation_is_still_whole(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/readyz").status_code == 200
