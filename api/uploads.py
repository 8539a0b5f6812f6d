"""Reads multipart forms with one file, trusting nothing the caller says about it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.envelope import too_large
from api.problems import Problem, unusable
from screener.i18n import _

FILE = "file"
NAME_LENGTH = 200
_FIELDS = 32
# Control characters, line separators, changes of direction, lone surrogates.
_NOT_IN_NAMES = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form: one file, still on disk if it is large, and the text fields."""

    file: UploadFile
    name: str
    fields: Mapping[str, str]

    def read(self) -> bytes:
        """The file's bytes; called in a worker thread, when its turn has come."""
        return self.file.file.read()


@asynccontextmanager
async def read_form(request: Request, *, known: Iterable[str], most: int) -> AsyncIterator[Form]:
    """The form of a request; its temporary file is gone afterwards.

    Raises Problem: 415 for anything but multipart, 400 when it cannot be parsed, 413 for a file of
    more than ``most`` bytes, 422 when the file is missing or a field is unknown, given twice or
    not text.
    """
    _check_type(request.headers.get("content-type", ""))
    try:
        form = await request.form(max_files=4, max_fields=_FIELDS, max_part_size=64 * 1024)
    except Problem:
        raise
    except (HTTPException, UnicodeError, ValueError, AssertionError) as error:
        raise Problem(400, "malformed", _("The form cannot be read.")) from error
    try:
        files = [value for key, value in form.multi_items() if key == FILE]
        if not files:
            raise unusable(FILE, _("it is missing"))
        if len(files) > 1:
            raise unusable(FILE, _("it is given more than once"))
        if not isinstance(files[0], UploadFile):
            raise unusable(FILE, _("it must be a file, with a file name"))
        if (files[0].size or 0) > most:
            raise too_large()
        fields = _texts(form.multi_items(), frozenset(known))
        yield Form(files[0], safe_name(files[0].filename or ""), fields)
    finally:
        await form.close()


def _check_type(header: str) -> None:
    kind, options = parse_options_header(header)
    charset = options.get(b"charset", b"utf-8").lower()
    if kind != b"multipart/form-data" or charset not in (b"utf-8", b"utf8", b"us-ascii"):
        raise Problem(
            415,
            "unsupported_media_type",
            _("Send the file as multipart/form-data."),
            headers={"Accept-Post": "multipart/form-data"},
        )
    if not options.get(b"boundary"):
        raise Problem(400, "malformed", _("The form cannot be read."))


def _texts(items: Iterable[tuple[str, str | UploadFile]], known: frozenset[str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in items:
        if key == FILE:
            continue
        if key not in known:
            raise unusable("", _("there is a field that is not known here"))
        if not isinstance(value, str):
            raise unusable(key, _("it must be text"))
        if key in texts:
            raise unusable(key, _("it is given more than once"))
        texts[key] = value
    return texts


def safe_name(name: str) -> str:
    """The last part of a file name, without what could mislead a terminal, path or log."""
    last = re.split(r"[/\\]", name)[-1]
    return _NOT_IN_NAMES.sub("", last).strip(". ")[-NAME_LENGTH:] or "file"
