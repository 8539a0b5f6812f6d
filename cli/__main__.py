"""``python -m cli``: the command ``screener`` where nothing is installed."""

from cli.main import run

run()
