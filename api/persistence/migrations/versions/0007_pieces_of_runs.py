"""Several workers may work at one run: its pieces, and the best that is kept of it until it ends.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "run_pieces",
        sa.Column("run_id", sa.String(36), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=True),
        sa.Column("worker_id", sa.String(36), nullable=True),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_pieces_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "digest", name=op.f("pk_run_pieces")),
    )
    op.create_index("ix_run_pieces_open", "run_pieces", ["answered_at", "offered_at"])
    op.create_table(
        "run_bests",
        sa.Column("run_id", sa.String(36), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("bound", sa.Float(), nullable=True),
        sa.Column("plan", sa.LargeBinary(), nullable=True),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_bests_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "digest", name=op.f("pk_run_bests")),
    )


def downgrade() -> None:
    op.drop_table("run_bests")
    op.drop_table("run_pieces")
