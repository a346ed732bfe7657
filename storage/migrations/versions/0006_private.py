"""Names, Telegram ids, free text, updates and messages become bytes that are sealed; keys, erasures, a signed trail.

No key is at hand in a migration. What was there in the clear stays so, as bytes, until `storage/seal_existing.py` seals
it: `steady migrate` and `steady run` do that right after, before anything is served.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
BLOCK = sa.LargeBinary(16)

# table: {column: (type before, nullable, length of the bytes)}
BECOME_BYTES: dict[str, dict[str, tuple[Any, bool, int | None]]] = {
    "notes": {"text": (sa.Text(), False, None)},
    "messages": {"text": (sa.Text(), False, None)},
    "staff_invites": {"name": (sa.String(length=120), False, None), "claimed_by": (sa.BigInteger(), True, 16)},
    "anchors": {"chat_id": (sa.BigInteger(), False, 16)},
    "copies": {"chat_id": (sa.BigInteger(), False, 16)},
    "storms": {"chat_id": (sa.BigInteger(), False, 16)},
    "routes": {"chat_id": (sa.BigInteger(), False, 16)},
    "clinics": {
        "clinicians_chat": (sa.BigInteger(), True, 16),
        "second_chat": (sa.BigInteger(), True, 16),
    },
    "alerts": {"quote": (sa.Text(), True, None)},
    "staff": {"telegram_id": (sa.BigInteger(), False, None), "name": (sa.String(length=120), False, None)},
    "patients": {"telegram_id": (sa.BigInteger(), True, None)},
    "inbox": {"raw": (sa.Text(), False, None), "chat_key": (sa.BigInteger(), False, 16)},
    "outbox": {"body": (sa.JSON(), False, None), "chat_id": (sa.BigInteger(), False, 16)},
}


AS_BEFORE = {"telegram_id": "bigint", "claimed_by": "bigint", "body": "json"}
NUMBERED_ONCE = {"sqlite_autoincrement": True}
NAMED = {
    "patients", "courses", "doses", "notes", "cases", "alerts", "follow_ups", "messages", "staff_invites", "storms",
    "hearings", "heard_items",
}  # fmt: skip
LAST_CONSENT = """
    update patients set agreed = (
        select case when given then version end from consents where patient_id = patients.id order by id desc limit 1
    )
"""


def upgrade() -> None:
    _tables()
    op.drop_index("ix_staff_telegram_id", table_name="staff")
    op.drop_index("ix_patients_telegram_id", table_name="patients")
    # Chats in hand are so for seconds; nothing in them is worth carrying over.
    op.drop_table("chats_in_hand")
    _chats_in_hand(sa.LargeBinary(16))
    for table, columns in BECOME_BYTES.items():
        with op.batch_alter_table(table, table_kwargs=NUMBERED_ONCE if table in NAMED else {}) as batch:
            for name, (before, nullable, length) in columns.items():
                batch.alter_column(
                    name, existing_type=before, existing_nullable=nullable, type_=sa.LargeBinary(length),
                    postgresql_using=f"convert_to({name}::text, 'UTF8')",
                )  # fmt: skip
            if table in ("staff", "patients"):
                batch.add_column(sa.Column("telegram_index", BLOCK, nullable=True))
            if table == "staff":
                batch.drop_constraint("uq_staff_clinic_id", type_="unique")
                batch.create_unique_constraint("uq_staff_clinic_id", ["clinic_id", "telegram_index"])
            if table == "patients":
                batch.add_column(sa.Column("agreed", sa.String(length=40), nullable=True))
                batch.add_column(sa.Column("withdrawn_at", INSTANT, nullable=True))
                batch.create_unique_constraint("uq_patients_telegram_index", ["telegram_index"])
    # Of several answers the last one counts.
    op.execute(LAST_CONSENT)
    op.create_index("ix_staff_telegram_index", "staff", ["telegram_index"])
    if op.get_bind().dialect.name == "sqlite":  # PostgreSQL gives no number twice anyway
        for table in NAMED - set(BECOME_BYTES):
            with op.batch_alter_table(table, table_kwargs=NUMBERED_ONCE, recreate="always"):
                pass
    op.add_column("clinics", sa.Column("record_years", sa.Integer(), server_default="0", nullable=False))
    for name, length in (("salt", 16), ("mac", 32), ("redacted", 32)):
        op.add_column("events", sa.Column(name, sa.LargeBinary(length), nullable=True))


def _tables() -> None:
    op.create_table(
        "data_keys",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("owner_kind", sa.String(length=12), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("master_id", sa.String(length=16), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_keys")),
        sa.UniqueConstraint("owner_kind", "owner_id", name=op.f("uq_data_keys_owner_kind")),
    )
    op.create_index(op.f("ix_data_keys_master_id"), "data_keys", ["master_id"])
    op.create_table(
        "event_links",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("link", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event_links")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_links_event_id")),
    )
    op.create_table(
        "erasures",
        sa.Column("key_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("patient_id", ID, nullable=False),
        sa.Column("clinic_id", ID, nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_erasures")),
    )


def _chats_in_hand(chat_key: Any) -> None:
    op.create_table(
        "chats_in_hand",
        sa.Column("chat_key", chat_key, autoincrement=False, nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_key", name=op.f("pk_chats_in_hand")),
    )


def downgrade() -> None:
    sealed = op.get_bind().execute(sa.text("select count(*) from data_keys")).scalar_one()
    if sealed:
        raise RuntimeError("what is sealed cannot be unsealed by going back: restore the backup made before")
    for table in ("event_links", "erasures", "data_keys", "chats_in_hand"):
        op.drop_table(table)
    _chats_in_hand(sa.BigInteger())
    op.drop_index("ix_staff_telegram_index", table_name="staff")
    op.drop_column("clinics", "record_years")
    for name in ("salt", "mac", "redacted"):
        op.drop_column("events", name)
    for table, columns in BECOME_BYTES.items():
        with op.batch_alter_table(table) as batch:
            if table == "staff":
                batch.drop_constraint("uq_staff_clinic_id", type_="unique")
                batch.create_unique_constraint("uq_staff_clinic_id", ["clinic_id", "telegram_id"])
            if table == "patients":
                batch.drop_constraint("uq_patients_telegram_index", type_="unique")
                batch.drop_column("withdrawn_at")
                batch.drop_column("agreed")
            if table in ("staff", "patients"):
                batch.drop_column("telegram_index")
            for name, (before, nullable, _) in columns.items():
                kind = {"telegram_id": "bigint", "claimed_by": "bigint", "body": "json"}.get(
                    name, "bigint" if "chat" in name else "text"
                )
                batch.alter_column(
                    name, existing_type=sa.LargeBinary(), existing_nullable=nullable, type_=before,
                    postgresql_using=f"convert_from({name}, 'UTF8')::{kind}",
                )  # fmt: skip
    op.create_index("ix_patients_telegram_id", "patients", ["telegram_id"], unique=True)
    op.create_index("ix_staff_telegram_id", "staff", ["telegram_id"])
