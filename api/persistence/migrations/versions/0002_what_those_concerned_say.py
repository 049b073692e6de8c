"""What those concerned say, and failed attempts to sign in.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "failed_sign_ins",
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("email_hash", name=op.f("pk_failed_sign_ins")),
    )
    with op.batch_alter_table("failed_sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_failed_sign_ins_last_at"), ["last_at"], unique=False)

    op.create_table(
        "stakeholder_profiles",
        sa.Column("basin_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("speaks_for", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("administration", sa.String(length=100), nullable=True),
        sa.Column("village", sa.String(length=100), nullable=True),
        sa.Column("preferences", DOCUMENT, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["basin_id"], ["basins.id"], name=op.f("fk_stakeholder_profiles_basin_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_stakeholder_profiles_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_profiles")),
        sa.UniqueConstraint("basin_id", "user_id", name=op.f("uq_stakeholder_profiles_basin_id")),
    )
    with op.batch_alter_table("stakeholder_profiles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stakeholder_profiles_basin_id"), ["basin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stakeholder_profiles_user_id"), ["user_id"], unique=False)

    op.create_table(
        "comments",
        sa.Column("basin_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("scenario_id", sa.String(length=36), nullable=True),
        sa.Column("plan_id", sa.String(length=36), nullable=True),
        sa.Column("answer_to", sa.String(length=36), nullable=True),
        sa.Column("table", sa.String(length=100), nullable=True),
        sa.Column("place", sa.String(length=100), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_to"], ["comments.id"], name=op.f("fk_comments_answer_to")),
        sa.ForeignKeyConstraint(["basin_id"], ["basins.id"], name=op.f("fk_comments_basin_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_comments_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenarios.id"], name=op.f("fk_comments_scenario_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_comments_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comments_answer_to"), ["answer_to"], unique=False)
        batch_op.create_index(batch_op.f("ix_comments_basin_id"), ["basin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comments_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comments_scenario_id"), ["scenario_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comments_user_id"), ["user_id"], unique=False)

    op.create_table(
        "stances",
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("basin_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("stance", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["basin_id"], ["basins.id"], name=op.f("fk_stances_basin_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_stances_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_stances_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stances")),
        sa.UniqueConstraint("plan_id", "user_id", name=op.f("uq_stances_plan_id")),
    )
    with op.batch_alter_table("stances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stances_basin_id"), ["basin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stances_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stances_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("stances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stances_user_id"))
        batch_op.drop_index(batch_op.f("ix_stances_plan_id"))
        batch_op.drop_index(batch_op.f("ix_stances_basin_id"))

    op.drop_table("stances")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comments_user_id"))
        batch_op.drop_index(batch_op.f("ix_comments_scenario_id"))
        batch_op.drop_index(batch_op.f("ix_comments_plan_id"))
        batch_op.drop_index(batch_op.f("ix_comments_basin_id"))
        batch_op.drop_index(batch_op.f("ix_comments_answer_to"))

    op.drop_table("comments")
    with op.batch_alter_table("stakeholder_profiles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stakeholder_profiles_user_id"))
        batch_op.drop_index(batch_op.f("ix_stakeholder_profiles_basin_id"))

    op.drop_table("stakeholder_profiles")
    with op.batch_alter_table("failed_sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_failed_sign_ins_last_at"))

    op.drop_table("failed_sign_ins")
