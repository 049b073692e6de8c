"""Lists of a basin by page: found in their order, however long they have grown.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LISTS = ("comments", "plans", "scenarios", "trail")


def upgrade() -> None:
    for table in LISTS:
        op.drop_index(op.f(f"ix_{table}_basin_id"), table_name=table)
        op.create_index(f"ix_{table}_page", table, ["basin_id", "id"])
    op.create_index("ix_runs_page", "runs", ["basin_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_runs_page", table_name="runs")
    for table in LISTS:
        op.drop_index(f"ix_{table}_page", table_name=table)
        op.create_index(op.f(f"ix_{table}_basin_id"), table, ["basin_id"])
