"""The tables. Portable SQL: texts and integers only, times as UTC text of one width, JSON as text.

``item`` columns hold an item's id; ``ledger_seq`` is the ledger line that a row was written with.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

SCHEMA_VERSION = 1
"""Raised with every change of the tables; a newer database is refused."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

items = Table(
    "items",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String(40), nullable=False, unique=True),
    Column("unit", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("doc_number", Text, nullable=False),
    Column("index_number", Text, nullable=False),
    Column("disclosure", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("step", String(40)),
    Column("workflow", String(40), nullable=False),
    Column("with_leader", Integer, nullable=False),
    Column("drafter", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("updated_at", String(32)),
    Column("due", String(10)),
    Index("items_by_bytes", "sha256"),
    Index("items_by_state", "state", "number"),
    Index("items_by_unit", "unit", "number"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("item", String(40), ForeignKey("items.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("screening", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("ledger_seq", Integer, nullable=False),
    PrimaryKeyConstraint("item", "number"),
)

targets = Table(
    "targets",
    metadata,
    Column("item", String(40), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("id", String(64), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("rule", Text, nullable=False),
    Column("level", String(10), nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("segment", String(20), nullable=False),
    Column("decision", Integer, ForeignKey("decisions.id")),
    PrimaryKeyConstraint("item", "revision", "id"),
    ForeignKeyConstraint(["item", "revision"], ["revisions.item", "revisions.number"]),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("item", String(40), ForeignKey("items.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("target", String(64), nullable=False),
    Column("action", String(20), nullable=False),
    Column("reason_code", String(40), nullable=False),
    Column("note", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("replaces", Integer),
    Column("ledger_seq", Integer, nullable=False),
    Index("decisions_by_item", "item", "action"),
)

signatures = Table(
    "signatures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("item", String(40), ForeignKey("items.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("step", String(40), nullable=False),
    Column("opinion", String(20), nullable=False),
    Column("note", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("ledger_seq", Integer, nullable=False),
    Index("signatures_by_item", "item"),
)

releases = Table(
    "releases",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("item", String(40), ForeignKey("items.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("original_sha256", String(64), nullable=False),
    Column("released_sha256", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("certificate", Text, nullable=False),
    Column("ledger_seq", Integer, nullable=False),
    Column("ledger_digest", String(64), nullable=False),
    Column("withdrawn_at", String(32)),
    Column("withdrawn_by", Text),
    Column("withdrawn_reason", String(40)),
    Column("withdrawn_note", Text),
    Column("withdrawn_seq", Integer),
    Index("releases_by_bytes", "released_sha256"),
    Index("releases_by_item", "item"),
)

ledger = Table(
    "ledger",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("actor", Text, nullable=False),
    Column("tag", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ledger_by_subject", "subject", "seq"),
)

ledger_head = Table(
    "ledger_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("request", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("response", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

audit_runs = Table(
    "audit_runs",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("actor", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("ledger_seq", Integer, nullable=False),
)

audit_pages = Table(
    "audit_pages",
    metadata,
    Column("run", String(40), ForeignKey("audit_runs.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("run", "position"),
)
