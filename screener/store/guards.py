"""What the database itself refuses, whoever asks: triggers on SQLite and PostgreSQL.

Triggers against UPDATE and DELETE are not enough on SQLite: ``INSERT OR REPLACE`` deletes the old
row without firing them. So an insert must also carry the next number, and in the ledger the digest
of the last line. Columns other than the primary key are not unique in guarded tables: a REPLACE
that collides in such a column would take away another row.
"""

from __future__ import annotations

from collections.abc import Iterator

from screener.model.ledger import BEFORE_FIRST

_APPEND_ONLY = ("ledger", "decisions", "signatures", "revisions", "audit_runs", "audit_pages")
_KEPT = ("releases", "items")  # rows change, but none goes
_NUMBERED = {"ledger": "seq", "decisions": "id", "signatures": "id", "releases": "id"}
_NUMBERED_BY = {
    "items": ("number", "id"),
    "revisions": ("item", "number"),
    "audit_runs": ("id",),
    "audit_pages": ("run", "position"),
}
_FIXED_RELEASE = (
    "id",
    "item",
    "revision",
    "original_sha256",
    "released_sha256",
    "name",
    "by",
    "at",
    "certificate",
    "ledger_seq",
    "ledger_digest",
)


def statements(dialect: str) -> Iterator[str]:
    """The DDL for ``sqlite`` or ``postgresql``, in order."""
    yield from _sqlite() if dialect == "sqlite" else _postgresql()


def _release_changed(new: str, old: str, differs: str) -> str:
    fixed = " OR ".join(f'{new}."{c}" {differs} {old}."{c}"' for c in _FIXED_RELEASE)
    return f"({fixed} OR {old}.withdrawn_at IS NOT NULL)"


# Names of tables and columns stand in this file: nothing from outside gets into the SQL.


def _out_of_order(table: str, differs: str) -> str:
    column = _NUMBERED[table]
    wrong = f"NEW.{column} {differs} (SELECT COALESCE(MAX({column}), 0) + 1 FROM {table})"  # noqa: S608
    if table == "ledger":
        last = "SELECT digest FROM ledger ORDER BY seq DESC LIMIT 1"
        wrong += f" OR NEW.previous {differs} COALESCE(({last}), '{BEFORE_FIRST}')"
    return wrong


def _exists(table: str) -> str:
    columns = _NUMBERED_BY[table]
    joint = " OR " if table == "items" else " AND "  # an item's number and id are each unique
    same = joint.join(f'"{c}" = NEW."{c}"' for c in columns)
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608


def _sqlite() -> Iterator[str]:
    def guard(name: str, event: str, table: str, when: str, message: str) -> str:
        condition = f"WHEN {when} " if when else ""
        return (
            f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} FOR EACH ROW {condition}"
            f"BEGIN SELECT RAISE(ABORT, '{table}: {message}'); END"
        )

    for table in (*_APPEND_ONLY, *_KEPT):
        yield guard("no_delete", "DELETE", table, "", "rows are never deleted")
    for table in _APPEND_ONLY:
        yield guard("no_update", "UPDATE", table, "", "rows are never changed")
    changed = _release_changed("NEW", "OLD", "IS NOT")
    yield guard("no_update", "UPDATE", "releases", changed, "only withdrawn once")
    for table in _NUMBERED:
        yield guard("in_order", "INSERT", table, _out_of_order(table, "IS NOT"), "out of order")
    for table in _NUMBERED_BY:
        yield guard("once", "INSERT", table, _exists(table), "exists already")


def _postgresql() -> Iterator[str]:
    def guard(name: str, event: str, table: str, when: str, message: str) -> Iterator[str]:
        function = f"screener_{table}_{name}"
        each = "STATEMENT" if event == "TRUNCATE" else "ROW"
        result = "OLD" if event == "DELETE" else "NEW"
        yield (
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF {when or 'TRUE'} THEN RAISE EXCEPTION USING "
            f"MESSAGE = '{table}: {message}', ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {result}; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {function}()"
        )

    for table in (*_APPEND_ONLY, *_KEPT):
        yield from guard("no_delete", "DELETE", table, "", "rows are never deleted")
        yield from guard("no_truncate", "TRUNCATE", table, "", "rows are never deleted")
    for table in _APPEND_ONLY:
        yield from guard("no_update", "UPDATE", table, "", "rows are never changed")
    changed = _release_changed("NEW", "OLD", "IS DISTINCT FROM")
    yield from guard("no_update", "UPDATE", "releases", changed, "only withdrawn once")
    for table in _NUMBERED:
        wrong = _out_of_order(table, "IS DISTINCT FROM")
        yield from guard("in_order", "INSERT", table, wrong, "out of order")
    for table in _NUMBERED_BY:
        yield from guard("once", "INSERT", table, _exists(table), "exists already")
