"""A run may have a plan for each branch of its policy: which branch a plan is of; plans that are there are of none.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
REFER_TO_PLANS = ("share_links", "comments", "stances")


def upgrade() -> None:
    with op.batch_alter_table("plans") as plans:
        plans.add_column(sa.Column("branch", DOCUMENT, nullable=True))
        plans.drop_constraint(op.f("uq_plans_run_id"), type_="unique")
        plans.create_index(op.f("ix_plans_run_id"), ["run_id"])


def downgrade() -> None:
    """Of a run with several plans, the one that it names stays."""
    others = "SELECT p.id FROM plans p JOIN runs r ON r.id = p.run_id WHERE r.plan_id <> p.id"
    for table in REFER_TO_PLANS:
        op.execute(f"DELETE FROM {table} WHERE plan_id IN ({others})")
    op.execute(f"DELETE FROM plans WHERE id IN ({others})")
    with op.batch_alter_table("plans") as plans:
        plans.drop_index(op.f("ix_plans_run_id"))
        plans.create_unique_constraint(op.f("uq_plans_run_id"), ["run_id"])
        plans.drop_column("branch")
