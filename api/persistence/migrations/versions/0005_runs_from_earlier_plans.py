"""From which plan a run started, and where a plan's relaxation ended; runs and plans that are there have neither.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("runs", sa.Column("start_plan_id", sa.String(36), nullable=True))
    op.add_column("plans", sa.Column("basis", sa.String(64), nullable=True))


def downgrade() -> None:
    op.drop_column("plans", "basis")
    op.drop_column("runs", "start_plan_id")
