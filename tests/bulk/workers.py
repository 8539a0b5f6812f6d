"""Screening functions that worker processes can import: one that works, one that dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any


def name_maker() -> Callable[[Path, Sequence[Path]], Mapping[str, Any]]:
    """Answers with the file's name; kills its own process for a file named ``kill*``."""

    def screen(path: Path, _next: Sequence[Path]) -> Mapping[str, Any]:
        if path.name.startswith("kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        return {"path": path.name}

    return screen
