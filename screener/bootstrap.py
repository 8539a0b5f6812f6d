"""Builds the real parts from the settings. The only module that knows them all.

Every part is built when first asked for: ``queue`` and ``verify`` must not pay for detection.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screener import __version__, rulebook
from screener.config import Config
from screener.i18n import _, current_language, set_language

if TYPE_CHECKING:
    from recognizers.catalogue import Catalogue
    from recognizers.office.pack import OfficePack
    from screener.detect.officials import Officials
    from screener.extract.extractor import Extractor
    from screener.judge.judge import PolicyJudge
    from screener.judge.policy import Policy
    from screener.model.document import Document
    from screener.model.finding import Account, Screening, Watched
    from screener.pipeline import Pipeline
    from screener.redact.redactor import DocumentRedactor
    from screener.review.queue import ReviewQueue
    from screener.store.blobs import BlobFolder
    from screener.store.repository import Repository


class Application:
    """All parts of one installation: one data folder, one database, one site key.

    ``packs`` are the office's rules when they were read and proved before, as in a worker process.
    """

    def __init__(self, config: Config, packs: tuple[OfficePack, ...] | None = None) -> None:
        self.config = config
        self._given_packs = packs

    @cached_property
    def packs(self) -> tuple[OfficePack, ...]:
        """The office's own rules as they were read. Raises ConfigProblem for a broken pack."""
        if self._given_packs is not None:
            return self._given_packs
        return rulebook.read(self.config.rule_paths)

    @cached_property
    def proved_packs(self) -> tuple[OfficePack, ...]:
        """The office's own rules after their examples passed. Raises ConfigProblem."""
        if self._given_packs is not None:
            return self._given_packs
        return rulebook.prove(self.packs, self.config.limits.rule_seconds)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The rules and what they tell people. Raises ConfigProblem for a broken pack."""
        return rulebook.catalogue(self.packs)

    @cached_property
    def officials(self) -> Officials:
        """What the office says of itself. Raises ConfigProblem for a list that cannot be used."""
        from screener.detect.officials import Officials

        if self.config.roster is None:
            return Officials()
        from screener.detect.roster import read_roster

        return read_roster(self.config.roster)

    def check(self) -> None:
        """Raise ConfigProblem for a policy, a pack or a list that cannot be used, before work."""
        _ = self.policy
        _ = self.proved_packs
        _ = self.officials

    @cached_property
    def policy(self) -> Policy:
        """The policy in force. Raises ConfigProblem."""
        return self._load_policy(self.config.policy)

    @cached_property
    def extractor(self) -> Extractor:
        """Reads files."""
        from screener.extract.extractor import Extractor

        return Extractor(self.config.limits)

    @cached_property
    def screener(self) -> Pipeline:
        """The main job: read, detect, judge."""
        self.check()  # what is broken is told before anything is loaded
        judge = self._judge(self.policy)
        strict = self._judge(self._load_policy("strict"))
        with _nothing_to_collect():
            from recognizers.engine import Engine
            from screener.detect.detector import DocumentDetector
            from screener.model.finding import Versions
            from screener.pipeline import Pipeline

            seconds = self.config.limits.rule_seconds
            engine = Engine(rule_seconds=seconds, catalogue=self.catalogue)
        detector = DocumentDetector(engine, self.site_key, self.officials)
        listed = f"+{self.officials.digest}" if self.officials else ""
        versions = Versions(__version__, engine.version + listed, judge.version)
        return Pipeline(self.extractor, detector, judge, strict, versions)

    @cached_property
    def site_key(self) -> bytes:
        """The key of all fingerprints."""
        from screener.store.site_key import load_site_key

        return load_site_key(self.config)

    @cached_property
    def blobs(self) -> BlobFolder:
        """Originals and released files."""
        from screener.store.blobs import BlobFolder

        return BlobFolder(self.config.blobs)

    @cached_property
    def repository(self) -> Repository:
        """Items, decisions, releases, ledger."""
        from screener.store.repository import Repository

        return Repository(self.config.database, self.site_key)

    @cached_property
    def redactor(self) -> DocumentRedactor:
        """Makes copies without certain values."""
        from screener.redact.redactor import DocumentRedactor

        return DocumentRedactor()

    @cached_property
    def queue(self) -> ReviewQueue:
        """The review, from submission to release. Detection loads when a file or text comes in."""
        from screener.redact.plan import plan
        from screener.release.desk import ReleaseDesk
        from screener.report.wire import screening_to_json
        from screener.review.queue import ReviewQueue

        screener = _LoadedWhenUsed(self)
        return ReviewQueue(
            self.repository,
            self.blobs,
            screener,
            ReleaseDesk(screener, self.redactor, self.site_key, plan),
            to_wire=lambda screening, name: screening_to_json(screening, path=name),
            workflow=self.config.workflow,
        )

    def with_policy(self, name: str) -> Application:
        """The same installation under another policy."""
        return Application(replace(self.config, policy=name), self._given_packs)

    def explain(self, code: str) -> str:
        """An evidence code in words of the current language."""
        from recognizers.evidence import explain

        name, _colon, argument = code.partition(":")
        if name == "bound" and (rule := self.catalogue.by_entity(argument)):
            code = f"{name}:{rule.title[current_language()]}"
        return explain(code, current_language())

    def objection(self, code: str) -> str:
        """What a rule held against a stretch, in words of the current language."""
        from recognizers.trace import explain

        name, colon, argument = code.partition(":")
        if name == "weighed":
            argument = self.explain(argument)
        return explain(f"{name}{colon}{argument}", current_language())

    def account(
        self, document: Document, watched: tuple[int, int] | None = None
    ) -> tuple[Account, Watched | None]:
        """All that screening says of a document, and what happened at ``watched`` meanwhile."""
        if watched is None:
            return self.screener.account(document), None
        from screener.detect.watch import watch

        return watch(document, *watched, self.screener.account)

    def screen_files(
        self, paths: Sequence[Path], *, jobs: int = 1, show_values: bool = False
    ) -> Iterator[Mapping[str, Any]]:
        """Wire JSON for each path, in order, over ``jobs`` worker processes."""
        from screener.bulk.pool import screen_files

        packs = self.proved_packs  # they travel to the workers: all run the same rules
        start = partial(make_screen, self.config, current_language(), show_values, packs)
        return screen_files(paths, jobs, start, worker_died)

    def _load_policy(self, name: str) -> Policy:
        from recognizers.evidence import EVIDENCE
        from screener.judge.policy import load_policy

        rules = self.catalogue.rules.values()
        return load_policy(
            name,
            entities={rule.entity for rule in rules},
            codes=set(EVIDENCE),
            basis={key for rule in rules for key in rule.basis},
            own_levels=rulebook.levels(self.packs),
            own_basis=rulebook.texts(self.packs),
        )

    def _judge(self, policy: Policy) -> PolicyJudge:
        from screener.judge.judge import PolicyJudge, RuleTexts

        rules = self.catalogue.rules.items()
        texts = {name: RuleTexts(tuple(rule.basis), rule.advice) for name, rule in rules}
        return PolicyJudge(policy, texts)


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """No garbage collection while much is loaded that stays to the end.

    Looking through it again and again costs a seventh of the start; frozen, it also costs nothing
    in later collections.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


class _LoadedWhenUsed:
    """The application's screener for parts that rarely need it; implements ``ports.Screener``."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def screen_path(self, path: Path) -> Screening:
        return self._application.screener.screen_path(path)

    def screen_bytes(self, data: bytes, name: str, origin: str = "") -> Screening:
        return self._application.screener.screen_bytes(data, name, origin)

    def mask_text(self, text: str) -> str:
        return self._application.screener.mask_text(text)


def make_screen(
    config: Config,
    language: str,
    show_values: bool,
    packs: tuple[OfficePack, ...] | None = None,
) -> Callable[[Path, Sequence[Path]], Mapping[str, Any]]:
    """A function from a path (and those that come next) to wire JSON; what each worker runs."""
    from screener.report.wire import screening_to_json

    set_language(language)
    application = Application(config, packs)
    pipeline = application.screener

    def screen(path: Path, following: Sequence[Path]) -> Mapping[str, Any]:
        application.extractor.expect(following)
        screening = pipeline.screen_path(path)
        return screening_to_json(screening, path=str(path), show_values=show_values)

    return screen


def worker_died(path: Path) -> Mapping[str, Any]:
    """The result for a file whose worker process was killed or crashed, twice."""
    from screener.extract.builder import make_unread
    from screener.model.document import Document, SegmentTable, Source, UnreadReason
    from screener.model.finding import Screening, Verdict, Versions
    from screener.report.wire import screening_to_json

    what = make_unread(
        _("the file"), UnreadReason.CORRUPT, _("reading it ended the worker process")
    )
    source = Source("", 0, "application/octet-stream", path.name, str(path))
    document = Document(source, "", SegmentTable(), unread=(what,))
    versions = Versions(__version__, "", "")
    died = Screening(document, (), (), Verdict.REVIEW, "", (), versions)
    return screening_to_json(died, path=str(path))
