"""Settings: defaults here, then ``config.toml`` in the data folder, then ``SCREENER_*`` variables.

Unknown keys are refused: a misspelt limit must not silently fall back to its default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from screener.errors import ConfigProblem
from screener.i18n import _

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one file may ask of the tool. Past one, the part is Unread, never skipped.

    ``seconds`` (of the clock) and ``memory_bytes`` bound the process that reads a file.
    """

    file_bytes: int = 100 * MEBIBYTE
    unpacked_bytes: int = 1024 * MEBIBYTE
    unpacked_ratio: int = 200
    members: int = 10_000
    depth: int = 8
    pages: int = 5_000
    pixels: int = 100_000_000
    ocr_seconds: float = 600.0
    rule_seconds: float = 60.0
    seconds: float = 120.0
    memory_bytes: int = 2048 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Service:
    """The HTTP service. Without a key it refuses to start unless told it is local."""

    host: str = "127.0.0.1"
    port: int = 8765
    api_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. ``home`` holds the database, the blobs and ``site.key``.

    ``rules`` are files and folders of rules that the office wrote, beside those in ``home/rules``.
    ``officials`` is the office's own list of leaders, lines and mailboxes (YAML or CSV).
    """

    home: Path
    database_url: str = ""
    policy: str = "default"
    workflow: str = "default"
    language: str = "zh"
    jobs: int = 1
    rules: tuple[str, ...] = ()
    officials: str = ""
    limits: Limits = field(default_factory=Limits)
    service: Service = field(default_factory=Service)

    @property
    def database(self) -> str:
        """The SQLAlchemy URL: SQLite in the data folder unless another is named."""
        return self.database_url or f"sqlite:///{self.home / 'screener.db'}"

    @property
    def blobs(self) -> Path:
        """The folder of originals and released files, mode 0700, files 0600."""
        return self.home / "blobs"

    @property
    def rule_paths(self) -> tuple[Path, ...]:
        """Where the office's own rules are: ``home/rules`` when it is there, and ``rules``."""
        usual = self.home / "rules"
        named = (self.home / Path(path).expanduser() for path in self.rules)
        return ((usual,) if _holds_files(usual) else ()) + tuple(named)

    @property
    def roster(self) -> Path | None:
        """The office's own list of officials: the file that is named, else one in ``home``."""
        if self.officials:
            return self.home / Path(self.officials).expanduser()
        usual = (self.home / f"officials{suffix}" for suffix in (".yaml", ".yml", ".csv"))
        return next((path for path in usual if path.exists()), None)

    def with_rules(self, paths: Iterable[str | Path]) -> Config:
        """These settings with more rules; relative paths start at the current folder."""
        more = tuple(os.path.abspath(Path(path).expanduser()) for path in paths)
        return replace(self, rules=(*self.rules, *more))

    @property
    def site_key(self) -> Path:
        """The key of all fingerprints, made once, mode 0600."""
        return self.home / "site.key"


def _holds_files(folder: Path) -> bool:
    """Whether something lies there. A folder that cannot be looked into is told later."""
    try:
        return any(not path.name.startswith(".") for path in folder.iterdir())
    except FileNotFoundError:
        return False
    except OSError:
        return True


def default_home() -> Path:
    """``SCREENER_HOME`` or the user's data folder."""
    if named := os.environ.get("SCREENER_HOME"):
        return Path(named)
    import platformdirs  # only where no folder is named

    return platformdirs.user_data_path("screener", appauthor=False)


def load(home: Path | None = None) -> Config:
    """The settings in force. Raises ConfigProblem for a broken or misspelt file."""
    folder = home or default_home()
    config = Config(home=folder)
    file = folder / "config.toml"
    if file.exists():
        config = _from_file(config, file)
    overrides = {
        key: os.environ[f"SCREENER_{key.upper()}"]
        for key in ("database_url", "policy", "workflow", "officials")
        if os.environ.get(f"SCREENER_{key.upper()}")
    }
    if key := os.environ.get("SCREENER_API_KEY"):
        config = replace(config, service=replace(config.service, api_keys=(key,)))
    if spoken := os.environ.get("SCREENER_LANG"):
        overrides["language"] = spoken
    config = replace(config, **overrides)  # type: ignore[arg-type]  # all of them are text
    named = os.environ.get("SCREENER_RULES", "").split(os.pathsep)
    return config.with_rules(path for path in named if path)


def _from_file(config: Config, file: Path) -> Config:
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigProblem(
            _("{file} cannot be used: {why}").format(file=file, why=error),
            advice=_("Correct the file or move it away to use the defaults."),
        ) from error
    limits = _section(config.limits, content.pop("limits", {}), file, "limits")
    service = _section(config.service, content.pop("service", {}), file, "service")
    top = _section(config, content, file, "", without=("home", "limits", "service"))
    return replace(top, limits=limits, service=service)


Section = TypeVar("Section", Config, Limits, Service)


def _section(
    current: Section, given: Mapping[str, Any], file: Path, name: str, without: tuple[str, ...] = ()
) -> Section:
    known = {f.name: f for f in fields(current) if f.name not in without}
    values: dict[str, Any] = {}
    for key, value in given.items():
        wanted = getattr(current, key) if key in known else None
        if isinstance(wanted, tuple) and isinstance(value, list):
            value = tuple(value)  # noqa: PLW2901  # TOML has arrays, settings have tuples
        elif isinstance(wanted, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)  # noqa: PLW2901
        if key not in known or type(value) is not type(wanted):
            where = f"[{name}] {key}" if name else key
            raise ConfigProblem(
                _("{file}: the setting {setting} is unknown or of the wrong type").format(
                    file=file, setting=where
                ),
                advice=_("Settings there: {names}").format(names=", ".join(known)),
            )
        values[key] = value
    return replace(current, **values)
