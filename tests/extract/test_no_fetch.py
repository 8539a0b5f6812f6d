"""Nothing a file points to is ever fetched: a server that waits for it is never asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from fixtures.formats import make
from fixtures.hostile import with_members
from screener.config import Limits
from screener.extract import intake
from screener.extract.extractor import Extractor
from screener.extract.reading import Reading
from screener.model.document import Document

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def waiting() -> Iterator[tuple[str, list[object]]]:
    """The address of a server on this machine, and who came."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def accept() -> None:
            while not over.is_set():
                try:
                    line, address = server.accept()
                except TimeoutError:
                    continue
                came.append(address)
                line.close()

        thread = threading.Thread(target=accept)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", came
        over.set()
        thread.join()


def _links(url: str) -> bytes:
    kinds = ("attachedTemplate", "image", "oleObject", "subDocument", "frame", "hyperlink")
    links = "".join(
        f'<Relationship Id="x{n}" Type="{_KIND}/{kind}" Target="{url}/{n}" TargetMode="External"/>'
        for n, kind in enumerate(kinds)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{links}</Relationships>'.encode()


def _page(url: str) -> str:
    return (
        f'<!DOCTYPE html SYSTEM "{url}/d"><html><head><link rel="stylesheet" href="{url}/s">'
        f'<base href="{url}/"><script src="{url}/j"></script><style>@import "{url}/i";</style>'
        f'<meta http-equiv="refresh" content="0;url={url}/r"></head><body><p>正文</p>'
        f'<img src="{url}/p"><iframe src="{url}/f"></iframe><object data="{url}/o"></object>'
        f'<svg><image href="{url}/v"/><use href="{url}/u#x"/></svg></body></html>'
    )


def _pdf(url: str) -> bytes:
    content = b"BT /F1 12 Tf 10 50 Td (text) Tj ET"
    outside = f"<</FS/URL/F({url}/x)>>".encode()
    parts = [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI("
        + f"{url}/a".encode()
        + b")>>>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents[4 0 R 5 0 R]"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n",
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(content), content),
        b"5 0 obj<</Length 0/F " + outside + b"/FFilter/FlateDecode>>stream\n\nendstream endobj\n",
        b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n",
    ]
    return b"".join(parts)


FILES: dict[str, Callable[[str], bytes]] = {
    "a.html": lambda url: _page(url).encode(),
    "a.svg": lambda url: (
        f'<?xml version="1.0"?><?xml-stylesheet href="{url}/s"?><!DOCTYPE svg SYSTEM "{url}/d">'
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}/i"/><text>正文</text></svg>'
    ).encode(),
    "a.xml": lambda url: (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % p SYSTEM "{url}/p"> %p;'
        f'<!ENTITY e SYSTEM "{url}/e">]><x xmlns:xi="http://www.w3.org/2001/XInclude">&e;'
        f'<xi:include href="{url}/x"/></x>'
    ).encode(),
    "a.docx": lambda url: with_members(
        make("docx").data, {"word/_rels/settings.xml.rels": _links(url)}
    ),
    "a.xlsx": lambda url: with_members(
        make("xlsx").data, {"xl/worksheets/_rels/sheet1.xml.rels": _links(url)}
    ),
    "a.pptx": lambda url: with_members(
        make("pptx").data, {"ppt/slides/_rels/slide1.xml.rels": _links(url)}
    ),
    "a.pdf": _pdf,
    "a.eml": lambda url: (
        "From: a@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: message/external-body; access-type="URL"; '
        f'URL="{url}/x"\r\n\r\nContent-Type: text/html\r\n\r\n{_page(url)}\r\n'
    ).encode(),
    "a.rtf": lambda url: (
        r"{\rtf1 text {\field{\*\fldinst INCLUDEPICTURE " + f'"{url}/p"' + r" \\d}{\fldrslt x}}"
        r"{\field{\*\fldinst INCLUDETEXT " + f'"{url}/t"' + r"}{\fldrslt x}}"
        r"{\*\template " + url + "/m}}"
    ).encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_nobody_is_asked(name: str, waiting: tuple[str, list[object]]) -> None:
    url, came = waiting
    data = FILES[name](url)
    assert isinstance(Extractor().read_bytes(data, name), Document)
    # the readers themselves ask nobody either, shut in or not
    arrival = intake.from_bytes(data, name, "", Limits())
    assert isinstance(Reading(Limits()).read(arrival), Document)
    assert came == []


def test_the_server_would_notice(waiting: tuple[str, list[object]]) -> None:
    url, came = waiting
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as line:
        line.recv(1)
    assert len(came) == 1
