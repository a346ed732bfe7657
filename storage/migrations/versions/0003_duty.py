"""Who is on call, every copy of a card, the health of each route, and what a clinic chose about its alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)

TABLES = ("routes", "copies", "storms", "holidays", "covers", "shifts")


def upgrade() -> None:
    op.add_column("clinics", sa.Column("second_chat", sa.BigInteger(), nullable=True))
    op.add_column("clinics", sa.Column("options", sa.JSON(), nullable=True))
    op.add_column("clinics", sa.Column("digest_at", INSTANT, nullable=True))
    op.create_index("ix_clinics_digest_at", "clinics", ["digest_at"], unique=False)
    op.execute("UPDATE clinics SET digest_at = created_at")  # due at once; the first visit sets the next
    op.add_column("staff", sa.Column("tier", sa.Integer(), nullable=True))
    for name in ("offered_to", "snoozed_by"):
        op.add_column("cases", sa.Column(name, ID, nullable=True))
    for name in ("offered_at", "snoozed_until", "spoke_at"):
        op.add_column("cases", sa.Column(name, INSTANT, nullable=True))
    op.create_index("ix_alerts_raised_at", "alerts", ["raised_at"], unique=False)
    _rota()
    _copies()
    op.execute(  # the cards that are on show now go on being edited, and are no second time sent
        "INSERT INTO copies (case_id, chat_id, letter_id, placed_at) "
        "SELECT cases.id, clinics.clinicians_chat, cases.card_id, cases.opened_at FROM cases "
        "JOIN clinics ON clinics.id = cases.clinic_id "
        "WHERE cases.state <> 'closed' AND cases.card_id IS NOT NULL AND clinics.clinicians_chat IS NOT NULL"
    )


def _rota() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", ID, nullable=False),
        sa.Column("clinic_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name=op.f("fk_shifts_clinic_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_shifts_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_index(op.f("ix_shifts_clinic_id"), "shifts", ["clinic_id"], unique=False)
    op.create_table(
        "covers",
        sa.Column("id", ID, nullable=False),
        sa.Column("clinic_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name=op.f("fk_covers_clinic_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_covers_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_covers")),
    )
    op.create_index(op.f("ix_covers_clinic_id"), "covers", ["clinic_id"], unique=False)
    op.create_table(
        "holidays",
        sa.Column("clinic_id", ID, nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name=op.f("fk_holidays_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "day_on", name=op.f("pk_holidays")),
    )


def _copies() -> None:
    op.create_table(
        "storms",
        sa.Column("id", ID, nullable=False),
        sa.Column("clinic_id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("letter_id", ID, nullable=True),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("spoke_at", INSTANT, nullable=False),
        sa.Column("shown_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name=op.f("fk_storms_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_storms")),
    )
    op.create_index("ix_storms_chat", "storms", ["chat_id", "closed_at"], unique=False)
    op.create_table(
        "copies",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("letter_id", ID, nullable=True),
        sa.Column("storm_id", ID, nullable=True),
        sa.Column("placed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_copies_case_id")),
        sa.ForeignKeyConstraint(["storm_id"], ["storms.id"], name=op.f("fk_copies_storm_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copies")),
        sa.UniqueConstraint("case_id", "chat_id", name=op.f("uq_copies_case_id")),
    )
    op.create_index("ix_copies_chat", "copies", ["chat_id", "placed_at"], unique=False)
    op.create_index("ix_copies_letter", "copies", ["letter_id"], unique=False)
    op.create_index("ix_copies_storm", "copies", ["storm_id"], unique=False)
    op.create_table(
        "routes",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("clinic_id", ID, nullable=False),
        sa.Column("checked_at", INSTANT, nullable=False),
        sa.Column("failing_since", INSTANT, nullable=True),
        sa.Column("trouble", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name=op.f("fk_routes_clinic_id")),
        sa.PrimaryKeyConstraint("chat_id", "clinic_id", name=op.f("pk_routes")),
    )


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
    op.drop_index("ix_alerts_raised_at", table_name="alerts")
    op.drop_index("ix_clinics_digest_at", table_name="clinics")
    columns = {
        "cases": ("offered_to", "snoozed_by", "offered_at", "snoozed_until", "spoke_at"),
        "staff": ("tier",),
        "clinics": ("second_chat", "options", "digest_at"),
    }
    for table, names in columns.items():
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)
