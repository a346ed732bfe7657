"""What was heard in messages, and what clinicians corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
WORD = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "hearings",
        sa.Column("id", ID, nullable=False),
        sa.Column("course_id", ID, nullable=False),
        sa.Column("note_id", ID, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("is_unread", sa.Boolean(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_hearings_course_id")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_hearings_note_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearings")),
    )
    op.create_index("ix_hearings_due_at", "hearings", ["due_at"])
    op.create_index(op.f("ix_hearings_course_id"), "hearings", ["course_id"])
    op.create_table(
        "heard_items",
        sa.Column("id", ID, nullable=False),
        sa.Column("hearing_id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("is_certain", sa.Boolean(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearings.id"], name=op.f("fk_heard_items_hearing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heard_items")),
    )
    op.create_index(op.f("ix_heard_items_hearing_id"), "heard_items", ["hearing_id"])
    op.create_table(
        "corrections",
        sa.Column("id", ID, nullable=False),
        sa.Column("clinic_id", ID, nullable=False),
        sa.Column("hearing_id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("by_staff", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name=op.f("fk_corrections_clinic_id")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearings.id"], name=op.f("fk_corrections_hearing_id")),
        sa.ForeignKeyConstraint(["item_id"], ["heard_items.id"], name=op.f("fk_corrections_item_id")),
        sa.ForeignKeyConstraint(["by_staff"], ["staff.id"], name=op.f("fk_corrections_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index("ix_corrections_clinic", "corrections", ["clinic_id", "at"])
    op.create_index(op.f("ix_corrections_hearing_id"), "corrections", ["hearing_id"])
    op.add_column("alerts", sa.Column("hearing_id", ID, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("alerts") as table:
        table.drop_column("hearing_id")
    op.drop_table("corrections")
    op.drop_table("heard_items")
    op.drop_table("hearings")
