"""What clinic and patient write to each other, invitations to the staff, and from which day a step may be taken."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)

TABLES = ("staff_invites", "anchors", "drafts", "messages")


def upgrade() -> None:
    op.add_column("courses", sa.Column("step_from_day", sa.Integer(), nullable=True))
    op.create_index(
        "ix_events_clinic",
        "events",
        ["clinic_id", "at"],
        unique=False,
        sqlite_where=sa.text("clinic_id is not null"),
        postgresql_where=sa.text("clinic_id is not null"),
    )
    _talk()
    op.create_table(
        "staff_invites",
        sa.Column("id", ID, nullable=False),
        sa.Column("clinic_id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by", ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("claimed_by", sa.BigInteger(), nullable=True),
        sa.Column("claimed_at", INSTANT, nullable=True),
        sa.Column("number", sa.String(length=8), nullable=True),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name=op.f("fk_staff_invites_clinic_id")),
        sa.ForeignKeyConstraint(["invited_by"], ["staff.id"], name=op.f("fk_staff_invites_invited_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_staff_invites_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_invites")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_invites_token_hash")),
    )
    op.create_index(op.f("ix_staff_invites_clinic_id"), "staff_invites", ["clinic_id"], unique=False)


def _talk() -> None:
    op.create_table(
        "messages",
        sa.Column("id", ID, nullable=False),
        sa.Column("patient_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("direction", sa.String(length=32), nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("letter_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_messages_patient_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_messages_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_messages_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index("ix_messages_patient", "messages", ["patient_id", "id"], unique=False)
    op.create_index(op.f("ix_messages_case_id"), "messages", ["case_id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("staff_id", ID, autoincrement=False, nullable=False),
        sa.Column("patient_id", ID, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_drafts_staff_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_drafts_patient_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_drafts")),
    )
    op.create_table(
        "anchors",
        sa.Column("letter_id", ID, autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_anchors_case_id")),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_anchors")),
    )
    op.create_index("ix_anchors_chat", "anchors", ["chat_id"], unique=False)


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
    op.drop_index("ix_events_clinic", table_name="events")
    with op.batch_alter_table("courses") as batch:
        batch.drop_column("step_from_day")
