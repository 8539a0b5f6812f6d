"""The service as a content system meets it: a real server, real rules, real files, real books."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from api.server import build_server
from fixtures.people import People
from screener.bootstrap import Application
from screener.config import Config, Limits, Service
from screener.model.finding import Screening
from screener.pipeline import Pipeline
from tests.api import walk
from tests.api.installation import KEY, upload

LIMIT = 8_000_000


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cms") / "home"


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    config = Config(
        home=home,
        limits=replace(Limits(), file_bytes=LIMIT),
        service=Service(api_keys=(KEY,)),
    )
    server = build_server(Application(config), port=0)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(30)


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=address,
        headers={"Authorization": f"Bearer {KEY}"},
        timeout=60,
        trust_env=False,
    ) as made:
        for _turn in range(1200):
            if made.get("/readyz").status_code == 200:
                break
            time.sleep(0.05)
        else:
            pytest.fail("the service never became ready")
        yield made


@pytest.fixture(scope="module")
def people() -> People:
    return People(seed=20)


def test_the_whole_job_for_a_text(client: httpx.Client, people: People, home: Path) -> None:
    person = people.person()
    text = f"关于临时救助的公示\n申请人{person.name}，身份证号：{person.id_number}，情况属实。\n"
    walk.whole_job(client, text.encode("gb18030"), "公示.txt")
    for file in home.rglob("*"):
        if file.is_file() and file.parent.name != "blobs" and "blobs" not in file.parts:
            assert person.id_number.encode() not in file.read_bytes(), file


def test_the_whole_job_for_a_list(client: httpx.Client, people: People) -> None:
    rows = "".join(f"{p.name},{p.id_number},1200\n" for p in people.persons(3))
    walk.whole_job(client, f"姓名,身份证号,金额\n{rows}".encode(), "名单.csv")


def test_a_clean_paper_is_released_as_it_is(client: httpx.Client) -> None:
    data = "关于召开春季造林动员会的通知\n请各镇按时参加。\n此件公开发布\n".encode()
    item = walk.sign_all(client, walk.decide_all(client, walk.submit(client, data), "keep"))
    _made, released = walk.release(client, item)
    assert released == data
    assert walk.gate(client, data) == 200
    assert walk.gate(client, data + b" ") == 404


def test_nobody_comes_in_without_a_key(address: str) -> None:
    with httpx.Client(base_url=address, trust_env=False) as anyone:
        assert anyone.post("/v1/screen", files=upload("x")).status_code == 401
        assert anyone.get("/healthz").status_code == 200


def test_a_stream_without_a_length_stops_at_the_limit(client: httpx.Client) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        while sent < 40 * LIMIT:
            sent += 65536
            yield b"x" * 65536

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    try:
        answer = client.post("/v1/screen", content=endless(), headers=headers)
        assert answer.status_code == 413
    except httpx.TransportError:
        pass  # the service answered and hung up while we were still sending
    assert sent < 10 * LIMIT
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "request_head",
    [
        b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Big: " + b"x" * 200_000 + b"\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /v1/screen HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"POST /v1/screen HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/screen HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_nonsense_on_the_wire_harms_nobody(
    address: str, client: httpx.Client, request_head: bytes
) -> None:
    port = int(address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        try:
            raw.sendall(request_head)
            raw.shutdown(socket.SHUT_WR)
            answer = raw.recv(100)
        except OSError:  # the service hung up first
            answer = b""
    assert b" 500 " not in answer
    assert client.get("/healthz").status_code == 200


def test_a_caller_who_hangs_up_leaves_no_trouble(address: str, client: httpx.Client) -> None:
    port = int(address.rpartition(":")[2])
    head = (
        f"POST /v1/screen HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {KEY}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n--b\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        raw.sendall(head.encode())
    assert client.post("/v1/screen", files=upload("通知")).status_code == 200


def test_health_answers_while_a_scan_is_running(
    client: httpx.Client, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scan is held until health has answered: on the same loop, neither would ever end."""
    begun, go_on = threading.Event(), threading.Event()
    scanned = Pipeline.screen_bytes

    def held(self: Pipeline, data: bytes, name: str, origin: str = "") -> Screening:
        begun.set()
        assert go_on.wait(60)
        return scanned(self, data, name, origin)

    monkeypatch.setattr(Pipeline, "screen_bytes", held)
    answers: list[int] = []

    def scan() -> None:
        paper = f"联系人{people.name()} {people.mobile()}"
        answers.append(client.post("/v1/screen", files=upload(paper)).status_code)

    busy = threading.Thread(target=scan)
    busy.start()
    try:
        assert begun.wait(60)
        with httpx.Client(base_url=client.base_url, trust_env=False, timeout=30) as other:
            for _turn in range(3):
                assert other.get("/healthz").status_code == 200
        assert answers == []
    finally:
        go_on.set()
        busy.join(60)
    assert answers == [200]


def test_four_callers_at_once_get_their_own_answers(client: httpx.Client, people: People) -> None:
    papers = [f"当事人{p.name}，身份证号{p.id_number}。" for p in people.persons(8)]
    alone = [client.post("/v1/screen", files=upload(p)).json()["findings"] for p in papers]
    together: list[object] = [None] * len(papers)

    def scan(number: int) -> None:
        found = client.post("/v1/screen", files=upload(papers[number])).json()
        together[number] = found["findings"]

    threads = [threading.Thread(target=scan, args=(n,)) for n in range(len(papers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert together == alone


def test_of_two_who_decide_at_once_one_is_told(client: httpx.Client, people: People) -> None:
    text = f"当事人{people.name()}，身份证号{people.person().id_number}。"
    item = walk.submit(client, text, "决定.txt")
    target = walk.look(client, item)["undecided"][0]
    start = threading.Barrier(2)
    answers: list[int] = []

    def decide(who: str, action: str) -> None:
        start.wait(10)
        answer = walk.post(
            client,
            item,
            "decisions",
            who,
            finding=target,
            action=action,
            reason="personal_privacy",
            note="已核",
        )
        answers.append(answer.status_code)

    both = [
        threading.Thread(target=decide, args=pair) for pair in (("甲", "redact"), ("乙", "keep"))
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(30)
    assert sorted(answers) == [200, 409]
    assert len(walk.look(client, item)["decisions"]) == 1
