"""What a file does to the process that reads it is an Unread, and no other file's concern."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from fixtures.formats import NAMES, make
from screener.config import MEBIBYTE, Limits
from screener.extract import intake
from screener.extract.extractor import Extractor
from screener.extract.reading import Reading
from screener.extract.sandbox import pool
from screener.extract.sandbox.frames import Gone, Line, pair, receive, send
from screener.extract.sandbox.pool import Order, Sandbox
from screener.extract.sandbox.processes import Process, Processes
from screener.extract.sandbox.transfer import pack
from screener.i18n import language
from screener.model.document import Document, Unread, UnreadReason
from screener.model.place import Inside, PageBox

pytestmark = pytest.mark.skipif(not pool.available(), reason="this system cannot fork processes")

PAGE = make("html").data
SLOW = b"<html><body>" + b"<p>a<b>b</b></p>" * 400_000 + b"</body></html>"


def order(data: bytes, name: str, limits: Limits | None = None) -> Order:
    limits = limits or Limits()
    return Order(intake.from_bytes(data, name, "", limits), limits)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


def waiting(sandbox: Sandbox) -> Process:
    """The one process that waits."""
    (process,) = sandbox._waiting
    return process


def gone(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return True
    return state in "ZX"


@pytest.mark.parametrize("name", NAMES)
def test_a_document_comes_back_as_it_was_read(name: str, sandbox: Sandbox) -> None:
    sample = make(name, seed=3)
    arrival = intake.from_bytes(sample.data, sample.name, "from here", Limits())
    here = Reading(Limits()).read(arrival)
    there = sandbox.read(Order(arrival, Limits()))
    assert isinstance(there, Document)
    assert there.text == here.text
    assert (there.source, there.facts) == (here.source, here.facts)
    assert (there.tables, there.unread) == (here.tables, here.unread)
    assert len(there.segments) == len(here.segments)
    for mine, other in zip(here.segments, there.segments, strict=True):
        assert replace(mine, place=other.place) == other
        half = (mine.end - mine.start) // 2
        for start, end in ((0, 1), (half, half + 1), (0, mine.end - mine.start)):
            assert mine.place.locate(start, end) == other.place.locate(start, end)


def test_a_process_is_used_again_and_replaced_when_it_is_worn(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "MOST_FILES", 3)
    seen = []
    for _file in range(5):
        assert isinstance(sandbox.read(order(PAGE, "a.html")), Document)
        seen += [process.number for process in sandbox._waiting]
    assert len(set(seen)) == 2
    assert len(seen) == 4  # the worn one does not wait


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_process_that_dies_while_it_waits_is_replaced(
    sandbox: Sandbox, number: signal.Signals
) -> None:
    sandbox.read(order(PAGE, "a.html"))
    dead = waiting(sandbox).number
    os.kill(dead, number)
    while not gone(dead):
        time.sleep(0.01)
    assert isinstance(sandbox.read(order(PAGE, "a.html")), Document)
    assert waiting(sandbox).number != dead


def during(sandbox: Sandbox, what: Callable[[int], None]) -> Document | Unread:
    """Read a file while something happens to its process, which stands still meanwhile."""
    sandbox.read(order(PAGE, "a.html"))
    number = waiting(sandbox).number
    os.kill(number, signal.SIGSTOP)
    limits = replace(Limits(), seconds=1.0)
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(sandbox.read, order(PAGE, "a.html", limits))
        while sandbox._waiting:
            time.sleep(0.01)
        time.sleep(0.2)  # it has been looked at and the file is on its way
        what(number)
        result = answer.result(60)
    assert gone(number)
    assert isinstance(sandbox.read(order(PAGE, "a.html")), Document)
    return result


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (signal.SIGKILL, UnreadReason.CORRUPT),
        (signal.SIGSEGV, UnreadReason.CORRUPT),
        (signal.SIGABRT, UnreadReason.CORRUPT),
        (signal.SIGXCPU, UnreadReason.TIMEOUT),
    ],
)
def test_a_process_that_dies_while_it_reads_is_an_unread_file(
    sandbox: Sandbox, number: signal.Signals, reason: UnreadReason
) -> None:
    def end(process: int) -> None:
        os.kill(process, number)
        os.kill(process, signal.SIGCONT)

    answer = during(sandbox, end)
    assert isinstance(answer, Unread)
    assert answer.reason is reason
    assert answer.detail


def test_a_process_that_stands_still_is_ended_in_time(sandbox: Sandbox) -> None:
    began = time.monotonic()
    answer = during(sandbox, lambda _process: None)
    assert isinstance(answer, Unread)
    assert answer.reason is UnreadReason.TIMEOUT
    assert "[limits] seconds" in answer.detail
    assert time.monotonic() - began < 30


def test_a_slow_file_is_stopped_and_what_was_read_is_kept() -> None:
    limits = replace(Limits(), seconds=0.3)
    document = Extractor(limits).read_bytes(SLOW, "a.html")
    assert UnreadReason.TIMEOUT in {entry.reason for entry in document.unread}
    assert document.source.sha256


def test_memory_is_bounded() -> None:
    limits = replace(Limits(), memory_bytes=96 * MEBIBYTE)
    document = Extractor(limits).read_bytes(SLOW, "a.html")
    (entry,) = document.unread
    assert entry.reason in (UnreadReason.TOO_LARGE, UnreadReason.CORRUPT)
    assert Extractor().read_bytes(PAGE, "a.html").unread == ()


def test_places_are_told_after_the_process_is_gone(sandbox: Sandbox) -> None:
    sample = make("pdf")
    document = sandbox.read(order(sample.data, "a.pdf"))
    assert isinstance(document, Document)
    first = document.locate(0, 3)
    assert isinstance(first, PageBox)
    ((process, _kept),) = sandbox._kept.items()
    os.kill(process.number, signal.SIGKILL)
    assert document.locate(0, 3) == first
    assert document.locate(4, 6) == document.locate(4, 6)


def test_documents_that_stay_hold_few_processes(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "MOST_KEPT", 2)
    data = make("pdf").data
    documents = [sandbox.read(order(data, "a.pdf")) for _file in range(4)]
    assert len(sandbox._kept) == 2
    places = set()
    for document in documents:
        assert isinstance(document, Document)
        places.add(document.locate(0, 3))
    assert len(places) == 1
    del documents, document
    gc.collect()
    sandbox.read(order(PAGE, "a.html"))
    assert not sandbox._kept


def test_details_are_in_the_language_of_the_request(sandbox: Sandbox) -> None:
    torn = make("xlsx").data[:2000]
    with language("en"):
        english = sandbox.read(order(torn, "a.docx"))
    chinese = sandbox.read(order(torn, "a.docx"))
    assert isinstance(english, Document)
    assert isinstance(chinese, Document)
    assert english.unread[0].what == "the file"
    assert chinese.unread[0].what != "the file"


def test_nothing_of_the_tool_is_in_a_reading_process(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENER_API_KEY", "do-not-pass-on")
    sandbox.held()
    server = sandbox.processes._server
    assert server is not None
    assert b"SCREENER" not in Path(f"/proc/{server.pid}/environ").read_bytes()


def test_all_processes_end_with_the_sandbox() -> None:
    made = Sandbox()
    made.read(order(PAGE, "a.html"))
    server = made.processes._server
    number = waiting(made).number
    assert server is not None
    made.close()
    deadline = time.monotonic() + 20
    while not (gone(number) and gone(server.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert gone(number)
    assert gone(server.pid)


def test_several_threads_read_at_once() -> None:
    samples = [make(name) for name in ("docx", "xlsx", "html", "pdf", "zip")] * 3
    with ThreadPoolExecutor(4) as threads:
        read = list(threads.map(lambda s: Extractor().read_bytes(s.data, s.name), samples))
    for sample, document in zip(samples, read, strict=True):
        assert document.unread == ()
        assert all(value in document.text.replace("\n", "") for value in sample.values.values())


class Scripted(Processes):
    """Starts no process: a thread at the other end of the line answers as told."""

    def __init__(self, script: Callable[[Line, dict[str, object]], None]) -> None:
        super().__init__()
        self.script = script
        self.orders: list[dict[str, object]] = []

    def start(self, formats: list[str]) -> Process:
        ours, theirs = pair()

        def answer() -> None:
            message = receive(theirs, most=2**30)
            self.orders.append(message.head)
            with suppress(Gone):
                self.script(theirs, message.head)
            theirs.close()

        threading.Thread(target=answer, daemon=True).start()
        return Process(ours, 0, ())


def scripted(script: Callable[[Line, dict[str, object]], None]) -> Sandbox:
    made = Sandbox()
    made.processes = Scripted(script)
    return made


def sound(line: Line, **changes: object) -> None:
    head, blocks = pack(Reading(Limits()).read(intake.from_bytes(PAGE, "a.html", "", Limits())))
    send(line, {**head, **changes}, blocks)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "hello"},
        {"places": [["object", "os", "system", ["true"]]]},
        {"places": [["object", "screener.model.place", "Sequence", []]]},
        {"places": [["object", "screener.model.place", "Paragraph", [1, 2, 3, 4, 5]]]},
        {"places": []},
        {"tables": 7},
        {"facts": {"title": "x"}},
        {"unread": [["a", "b", "no such reason", "c"]]},
        {"media_type": None, "unread": [[]]},
    ],
)
def test_an_answer_that_is_no_document_is_refused(changes: dict[str, object]) -> None:
    answer = scripted(lambda line, _order: sound(line, **changes)).read(order(PAGE, "a.html"))
    assert isinstance(answer, Unread)
    assert answer.reason is UnreadReason.CORRUPT


def test_columns_that_do_not_fit_the_text_are_refused() -> None:
    def script(line: Line, _order: dict[str, object]) -> None:
        head, blocks = pack(Reading(Limits()).read(intake.from_bytes(PAGE, "a.html", "", Limits())))
        send(line, head, [b"short", *blocks[1:]])

    answer = scripted(script).read(order(PAGE, "a.html"))
    assert isinstance(answer, Unread)


def test_endless_and_senseless_answers_are_refused() -> None:
    def raw(data: bytes) -> Callable[[Line, dict[str, object]], None]:
        return lambda line, _order: line.sendall(data)

    for data in (b"", b"\xff" * 8, b"\x02" + b"\0" * 7 + b"{}", b"\x05" + b"\0" * 7 + b"nonsense"):
        answer = scripted(raw(data)).read(order(PAGE, "a.html"))
        assert isinstance(answer, Unread)
        assert answer.reason is UnreadReason.CORRUPT
    limits = replace(Limits(), memory_bytes=MEBIBYTE)
    flood = scripted(lambda line, _order: send(line, {"kind": "document"}, [bytes(2 * MEBIBYTE)]))
    answer = flood.read(order(PAGE, "a.html", limits))
    assert isinstance(answer, Unread)


def test_a_file_inside_that_ends_the_process_is_left_out_and_the_rest_read() -> None:
    deadly = {2, 5}

    def script(line: Line, told: dict[str, object]) -> None:
        skips = told["skips"]
        assert isinstance(skips, dict)
        for number in range(1, 8):
            send(line, {"kind": "inside", "number": number})
            if number in deadly and str(number) not in skips:
                return
            send(line, {"kind": "inside", "number": 0})
        sound(line)

    sandbox = scripted(script)
    assert isinstance(sandbox.read(order(PAGE, "a.html")), Document)
    assert isinstance(sandbox.processes, Scripted)
    assert [set(told["skips"]) for told in sandbox.processes.orders] == [set(), {"2"}, {"2", "5"}]  # type: ignore[call-overload]


def test_after_some_such_files_no_more_are_opened() -> None:
    def script(line: Line, told: dict[str, object]) -> None:
        for number in range(1, 100):
            send(line, {"kind": "inside", "number": number})
            since, skips = told["since"], told["skips"]
            assert isinstance(skips, dict)
            if str(number) not in skips and (since is None or number < int(str(since))):
                return
        sound(line)

    sandbox = scripted(script)
    assert isinstance(sandbox.read(order(PAGE, "a.html")), Document)
    assert isinstance(sandbox.processes, Scripted)
    assert len(sandbox.processes.orders) == pool.ATTEMPTS + 1
    assert sandbox.processes.orders[-1]["since"] == pool.ATTEMPTS


def test_what_is_left_out_is_named_and_its_name_screened(sandbox: Sandbox) -> None:
    sample = make("zip")
    whole = sandbox.read(order(sample.data, "a.zip"))
    asked = order(sample.data, "a.zip")
    detail = "ended"
    asked.skips = replace(asked.skips, members={1: (UnreadReason.CORRUPT, detail)})
    part = sandbox.read(asked)
    assert isinstance(whole, Document)
    assert isinstance(part, Document)
    (entry,) = part.unread
    assert (entry.reason, entry.detail) == (UnreadReason.CORRUPT, detail)
    assert 0 < len(part.segments) < len(whole.segments)
    names = [s.place for s in part.segments if isinstance(s.place, Inside)]
    assert names
