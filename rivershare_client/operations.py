"""Every operation of the service, as the request to send. Written by `python -m generators`, not by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from rivershare_client.calls import BYTES, LEFT_OUT, NOTHING, Call, LeftOut, headers, json_body, path, sent
from rivershare_client.model import Page
from rivershare_client.models import (
    AggregateAnswer,
    ApiKeyAnswer,
    AssumptionsAnswer,
    AuditAnswer,
    BasinAnswer,
    BasinDifferenceAnswer,
    CaseAnswer,
    CheckAnswer,
    CitationAnswer,
    CommentAnswer,
    ComparisonAnswer,
    EditsAnswer,
    ExplanationAnswer,
    FindingAnswer,
    ForcedAnswer,
    FuturesAnswer,
    Health,
    IndicatorAnswer,
    LogRemovalAnswer,
    MemberAnswer,
    NewApiKeyAnswer,
    NewShareLinkAnswer,
    NewUserAnswer,
    OneTimeLinkAnswer,
    OrganisationAnswer,
    PersonalData,
    PlanAnswer,
    PlanOption,
    PlanSummary,
    Preference,
    PreferencesAnswer,
    ProfileAnswer,
    Redeemed,
    ResolvedAnswer,
    RoleAnswer,
    RowsAnswer,
    RuleCheck,
    RuleNamesAnswer,
    RulePreviewAnswer,
    RunAnswer,
    RunEventPage,
    RunInList,
    RunLimits,
    SatisfactionAnswer,
    ScenarioAnswer,
    ScenarioCheck,
    ScenarioDifference,
    ScenarioInList,
    SessionAnswer,
    ShareLinkAnswer,
    SignInWays,
    StakeholderSatisfaction,
    StanceAnswer,
    TableAnswer,
    TableDescription,
    TechnologyAnswer,
    TrailAnswer,
    UserAnswer,
    VersionAnswer,
    VillageLineAnswer,
    WholeCaseAnswer,
    WorkerAnswer,
)


def archive_basin(basin_id: str, *, if_match: str | None = None) -> Call[None]:
    """Archive a basin: it can still be read, and restored. Takes its owner, and If-Match."""
    return Call(
        "archive_basin", "DELETE", path("/v1/basins/{basin_id}", basin_id=basin_id), NOTHING, headers=headers(if_match=if_match)
    )


def archive_plan(plan_id: str) -> Call[None]:
    """Archive a plan: it is no longer listed, and still read. Takes a planner."""
    return Call("archive_plan", "DELETE", path("/v1/plans/{plan_id}", plan_id=plan_id), NOTHING)


def archive_scenario(scenario_id: str, *, if_match: str | None = None) -> Call[None]:
    """Archive a scenario: it can still be read, and restored. Takes a planner, and If-Match."""
    return Call(
        "archive_scenario",
        "DELETE",
        path("/v1/scenarios/{scenario_id}", scenario_id=scenario_id),
        NOTHING,
        headers=headers(if_match=if_match),
    )


def branch_scenario(
    scenario_id: str, *, name: str, title: str | LeftOut = LEFT_OUT, description: str | LeftOut = LEFT_OUT
) -> Call[ScenarioAnswer]:
    """Make a scenario that comes from this one and changes nothing yet."""
    return Call(
        "branch_scenario",
        "POST",
        path("/v1/scenarios/{scenario_id}/branch", scenario_id=scenario_id),
        ScenarioAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(name=name, title=title, description=description),
    )


def cancel_run(run_id: str) -> Call[RunAnswer]:
    """End a run. One that waits ends at once; one that is worked at keeps its best plan; one that has ended stays as it is."""
    return Call("cancel_run", "POST", path("/v1/runs/{run_id}/cancel", run_id=run_id), RunAnswer)


def change_basin(
    basin_id: str,
    *,
    name: str | LeftOut | None = LEFT_OUT,
    title: str | LeftOut | None = LEFT_OUT,
    open_to_all: bool | LeftOut | None = LEFT_OUT,
    open_to_public: bool | LeftOut | None = LEFT_OUT,
    if_match: str | None = None,
) -> Call[BasinAnswer]:
    """Give a basin another name or title, or open it to all accounts or to the public, which takes its owner. Takes If-Match."""
    return Call(
        "change_basin",
        "PATCH",
        path("/v1/basins/{basin_id}", basin_id=basin_id),
        BasinAnswer,
        headers=headers(if_match=if_match, content_type="application/json"),
        content=json_body(name=name, title=title, open_to_all=open_to_all, open_to_public=open_to_public),
    )


def change_comment(comment_id: str, *, text: str, if_match: str | None = None) -> Call[CommentAnswer]:
    """Give one's own comment another text. Takes If-Match."""
    return Call(
        "change_comment",
        "PATCH",
        path("/v1/comments/{comment_id}", comment_id=comment_id),
        CommentAnswer,
        headers=headers(if_match=if_match, content_type="application/json"),
        content=json_body(text=text),
    )


def change_content(
    basin_id: str,
    *,
    changes: Sequence[Any],
    dry_run: bool | None = None,
    limit: int | None = None,
    note: str | LeftOut = LEFT_OUT,
    if_match: str | None = None,
) -> Call[EditsAnswer]:
    """Change a part of a basin, which makes a new version: all changes in order, or none. Takes If-Match."""
    return Call(
        "change_content",
        "POST",
        path("/v1/basins/{basin_id}/changes", basin_id=basin_id),
        EditsAnswer,
        query=sent(dry_run=dry_run, limit=limit),
        headers=headers(if_match=if_match, content_type="application/json"),
        content=json_body(changes=changes, note=note),
    )


def change_organisation(
    organisation_id: str,
    *,
    name: str | LeftOut | None = LEFT_OUT,
    title: str | LeftOut | None = LEFT_OUT,
    if_match: str | None = None,
) -> Call[OrganisationAnswer]:
    """Give an organisation another name or title. Takes an administrator of it, and If-Match."""
    return Call(
        "change_organisation",
        "PATCH",
        path("/v1/organisations/{organisation_id}", organisation_id=organisation_id),
        OrganisationAnswer,
        headers=headers(if_match=if_match, content_type="application/json"),
        content=json_body(name=name, title=title),
    )


def change_own_account(
    *, name: str | LeftOut | None = LEFT_OUT, language: str | LeftOut | None = LEFT_OUT, if_match: str | None = None
) -> Call[UserAnswer]:
    """Change one's name or language. Takes If-Match."""
    return Call(
        "change_own_account",
        "PATCH",
        "/v1/users/me",
        UserAnswer,
        headers=headers(if_match=if_match, content_type="application/json"),
        content=json_body(name=name, language=language),
    )


def change_own_password(*, old_password: str, new_password: str) -> Call[None]:
    """Set another password for oneself. All other sessions of the account end; its API keys stay."""
    return Call(
        "change_own_password",
        "POST",
        "/v1/users/me/password",
        NOTHING,
        headers=headers(content_type="application/json"),
        content=json_body(old_password=old_password, new_password=new_password),
    )


def change_scenario(
    scenario_id: str,
    *,
    name: str | LeftOut = LEFT_OUT,
    title: str | LeftOut = LEFT_OUT,
    description: str | LeftOut = LEFT_OUT,
    parent_id: str | LeftOut | None = LEFT_OUT,
    basin_version: int | LeftOut | None = LEFT_OUT,
    changes: Sequence[Any] | LeftOut = LEFT_OUT,
    policy: Mapping[str, Any] | LeftOut | None = LEFT_OUT,
    if_match: str | None = None,
) -> Call[ScenarioAnswer]:
    """Change a scenario, rename it, or move it under another parent. Takes If-Match."""
    return Call(
        "change_scenario",
        "PATCH",
        path("/v1/scenarios/{scenario_id}", scenario_id=scenario_id),
        ScenarioAnswer,
        headers=headers(if_match=if_match, content_type="application/json"),
        content=json_body(
            name=name,
            title=title,
            description=description,
            parent_id=parent_id,
            basin_version=basin_version,
            changes=changes,
            policy=policy,
        ),
    )


def change_user(
    user_id: str,
    *,
    state: Literal["active", "disabled"] | LeftOut | None = LEFT_OUT,
    is_administrator: bool | LeftOut | None = LEFT_OUT,
    if_match: str | None = None,
) -> Call[UserAnswer]:
    """Disable or enable an account, or make it an administrator's. Takes an administrator of the service, and If-Match."""
    return Call(
        "change_user",
        "PATCH",
        path("/v1/users/{user_id}", user_id=user_id),
        UserAnswer,
        headers=headers(if_match=if_match, content_type="application/json"),
        content=json_body(state=state, is_administrator=is_administrator),
    )


def check_basin(
    *,
    content: bytes | Path,
    media_type: Literal[
        "application/json",
        "application/zip",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/geo+json",
    ],
    rest_from: str | None = None,
) -> Call[CheckAnswer]:
    """Check a file as importing it would, and keep nothing."""
    return Call(
        "check_basin",
        "POST",
        "/v1/basins/check",
        CheckAnswer,
        query=sent(rest_from=rest_from),
        headers=headers(content_type=media_type),
        content=content,
    )


def check_rule(basin_id: str, *, rule: Mapping[str, Any], version: int | LeftOut | None = LEFT_OUT) -> Call[RuleCheck]:
    """Check a rule against a basin: what is wrong with it, with line and character."""
    return Call(
        "check_rule",
        "POST",
        path("/v1/basins/{basin_id}/rules/check", basin_id=basin_id),
        RuleCheck,
        headers=headers(content_type="application/json"),
        content=json_body(rule=rule, version=version),
    )


def check_scenario(
    basin_id: str,
    *,
    name: str,
    title: str | LeftOut = LEFT_OUT,
    description: str | LeftOut = LEFT_OUT,
    parent_id: str | LeftOut | None = LEFT_OUT,
    basin_version: int | LeftOut | None = LEFT_OUT,
    changes: Sequence[Any] | LeftOut = LEFT_OUT,
    policy: Mapping[str, Any] | LeftOut | None = LEFT_OUT,
) -> Call[ScenarioCheck]:
    """Check a scenario as making it would, and keep nothing."""
    return Call(
        "check_scenario",
        "POST",
        path("/v1/basins/{basin_id}/scenarios/check", basin_id=basin_id),
        ScenarioCheck,
        headers=headers(content_type="application/json"),
        content=json_body(
            name=name,
            title=title,
            description=description,
            parent_id=parent_id,
            basin_version=basin_version,
            changes=changes,
            policy=policy,
        ),
    )


def come_from_provider(*, code: str, state: str) -> Call[SessionAnswer]:
    """Sign in with what the provider sent the browser back with. Takes an account with the person's verified address."""
    return Call(
        "come_from_provider",
        "POST",
        "/v1/session/oidc",
        SessionAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(code=code, state=state),
    )


def delete_comment(comment_id: str, *, if_match: str | None = None) -> Call[None]:
    """Take back one's own comment, or as an owner of the basin anyone's; a stub stays. Takes If-Match."""
    return Call(
        "delete_comment",
        "DELETE",
        path("/v1/comments/{comment_id}", comment_id=comment_id),
        NOTHING,
        headers=headers(if_match=if_match),
    )


def delete_user(user_id: str) -> Call[None]:
    """Delete one's own account, or as an administrator anybody's. It cannot be undone."""
    return Call("delete_user", "DELETE", path("/v1/users/{user_id}", user_id=user_id), NOTHING)


def export_plan(
    plan_id: str,
    *,
    format: Literal["xlsx", "zip", "tables", "geojson"] | None = None,
    stage: str | None = None,
    failed: bool | None = None,
) -> Call[bytes]:
    """A whole plan as a file."""
    return Call(
        "export_plan",
        "GET",
        path("/v1/plans/{plan_id}/export", plan_id=plan_id),
        BYTES,
        query=sent(format=format, stage=stage, failed=failed),
    )


def give_role(
    basin_id: str, user_id: str, *, role: Literal["reader", "stakeholder", "analyst", "planner", "owner"]
) -> Call[RoleAnswer]:
    """Give somebody a role, or another one. Takes an owner who shares an organisation with them."""
    return Call(
        "give_role",
        "PUT",
        path("/v1/basins/{basin_id}/roles/{user_id}", basin_id=basin_id, user_id=user_id),
        RoleAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(role=role),
    )


def give_role_by_email(
    basin_id: str, *, email: str, role: Literal["reader", "stakeholder", "analyst", "planner", "owner"]
) -> Call[RoleAnswer]:
    """Give a role to the account with this e-mail address. Takes an owner who shares an organisation with them."""
    return Call(
        "give_role_by_email",
        "PUT",
        path("/v1/basins/{basin_id}/roles", basin_id=basin_id),
        RoleAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(email=email, role=role),
    )


def go_to_provider() -> Call[None]:
    """Go to the provider to sign in there. What the browser keeps meanwhile ends after ten minutes."""
    return Call("go_to_provider", "GET", "/v1/session/oidc", NOTHING)


def import_basin(
    *,
    organisation_id: str,
    content: bytes | Path,
    media_type: Literal[
        "application/json",
        "application/zip",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/geo+json",
    ],
    name: str | None = None,
    title: str | None = None,
    note: str | None = None,
    rest_from: str | None = None,
) -> Call[BasinAnswer]:
    """Make a basin from a file: a JSON document, a ZIP archive, an XLSX workbook, or GeoJSON with a basin for the rest."""
    return Call(
        "import_basin",
        "POST",
        "/v1/basins/import",
        BasinAnswer,
        query=sent(organisation_id=organisation_id, name=name, title=title, note=note, rest_from=rest_from),
        headers=headers(content_type=media_type),
        content=content,
    )


def import_scenario(
    basin_id: str,
    *,
    content: bytes | Path,
    media_type: Literal["application/yaml"] = "application/yaml",
    parent_id: str | None = None,
) -> Call[ScenarioAnswer]:
    """Make a scenario from YAML."""
    return Call(
        "import_scenario",
        "POST",
        path("/v1/basins/{basin_id}/scenarios/yaml", basin_id=basin_id),
        ScenarioAnswer,
        query=sent(parent_id=parent_id),
        headers=headers(content_type=media_type),
        content=content,
    )


def import_version(
    basin_id: str,
    *,
    content: bytes | Path,
    media_type: Literal[
        "application/json",
        "application/zip",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/geo+json",
    ],
    note: str | None = None,
    if_match: str | None = None,
) -> Call[VersionAnswer]:
    """Keep a file as the next version: a JSON document, a ZIP archive, an XLSX workbook or GeoJSON. Takes If-Match as above."""
    return Call(
        "import_version",
        "POST",
        path("/v1/basins/{basin_id}/import", basin_id=basin_id),
        VersionAnswer,
        query=sent(note=note),
        headers=headers(if_match=if_match, content_type=media_type),
        content=content,
    )


def list_api_keys(*, limit: int | None = None, cursor: str | None = None) -> Call[Page[ApiKeyAnswer]]:
    """One's own keys, the newest first, also those that have ended."""
    return Call("list_api_keys", "GET", "/v1/api-keys", Page[ApiKeyAnswer], query=sent(limit=limit, cursor=cursor))


def list_basins(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    organisation_id: str | None = None,
    archived: bool | None = None,
    text: str | None = None,
) -> Call[Page[BasinAnswer]]:
    """The basins that one may read, the newest first. Without an account: those that are open to the public."""
    return Call(
        "list_basins",
        "GET",
        "/v1/basins",
        Page[BasinAnswer],
        query=sent(limit=limit, cursor=cursor, organisation_id=organisation_id, archived=archived, text=text),
    )


def list_cases() -> Call[list[CaseAnswer]]:
    """All bundled cases. Anybody may read them."""
    return Call("list_cases", "GET", "/v1/cases", list[CaseAnswer])


def list_citations(
    *, limit: int | None = None, cursor: str | None = None, format: Literal["json", "csv"] | None = None
) -> Call[Page[CitationAnswer] | bytes]:
    """The sources that the catalogue names."""
    return Call(
        "list_citations",
        "GET",
        "/v1/catalogue/citations",
        Page[CitationAnswer],
        query=sent(limit=limit, cursor=cursor, format=format),
    )


def list_comments(
    basin_id: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    table: str | None = None,
    place: str | None = None,
    user: str | None = None,
    thread: str | None = None,
) -> Call[Page[CommentAnswer]]:
    """The comments in a basin: all, or those on a plan, scenario or place, of a person, or in a thread."""
    return Call(
        "list_comments",
        "GET",
        path("/v1/basins/{basin_id}/comments", basin_id=basin_id),
        Page[CommentAnswer],
        query=sent(limit=limit, cursor=cursor, plan=plan, scenario=scenario, table=table, place=place, user=user, thread=thread),
    )


def list_findings(
    basin_id: str,
    number: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    severity: Literal["error", "warning", "note"] | None = None,
) -> Call[Page[FindingAnswer]]:
    """What the checks have to say about a version: warnings and notes. One with errors is never kept."""
    return Call(
        "list_findings",
        "GET",
        path("/v1/basins/{basin_id}/versions/{number}/findings", basin_id=basin_id, number=number),
        Page[FindingAnswer],
        query=sent(limit=limit, cursor=cursor, severity=severity),
    )


def list_log_removals(
    *, limit: int | None = None, cursor: str | None = None, format: Literal["json", "csv"] | None = None
) -> Call[Page[LogRemovalAnswer] | bytes]:
    """How much of each kind of pathogens single treatment steps remove, low and high, in powers of ten."""
    return Call(
        "list_log_removals",
        "GET",
        "/v1/catalogue/log-removals",
        Page[LogRemovalAnswer],
        query=sent(limit=limit, cursor=cursor, format=format),
    )


def list_members(organisation_id: str) -> Call[list[MemberAnswer]]:
    """Everybody in an organisation that one is in."""
    return Call(
        "list_members",
        "GET",
        path("/v1/organisations/{organisation_id}/members", organisation_id=organisation_id),
        list[MemberAnswer],
    )


def list_options(plan_id: str) -> Call[list[PlanOption]]:
    """Everything that could be built, and whether the plan builds it."""
    return Call("list_options", "GET", path("/v1/plans/{plan_id}/options", plan_id=plan_id), list[PlanOption])


def list_organisations(*, limit: int | None = None, cursor: str | None = None) -> Call[Page[OrganisationAnswer]]:
    """The organisations that one is in."""
    return Call(
        "list_organisations", "GET", "/v1/organisations", Page[OrganisationAnswer], query=sent(limit=limit, cursor=cursor)
    )


def list_plans(
    basin_id: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    scenario_id: str | None = None,
    status: Literal["optimal", "gap_reached", "time_limit", "node_limit", "cancelled", "memory_limit", "failed", "by_rule"]
    | None = None,
    passed: bool | None = None,
    archived: bool | None = None,
) -> Call[Page[PlanSummary]]:
    """The plans of a basin, the newest first."""
    return Call(
        "list_plans",
        "GET",
        path("/v1/basins/{basin_id}/plans", basin_id=basin_id),
        Page[PlanSummary],
        query=sent(limit=limit, cursor=cursor, scenario_id=scenario_id, status=status, passed=passed, archived=archived),
    )


def list_roles(basin_id: str, *, limit: int | None = None, cursor: str | None = None) -> Call[Page[RoleAnswer]]:
    """Who has which role in a basin. Takes an owner."""
    return Call(
        "list_roles",
        "GET",
        path("/v1/basins/{basin_id}/roles", basin_id=basin_id),
        Page[RoleAnswer],
        query=sent(limit=limit, cursor=cursor),
    )


def list_rule_names(basin_id: str) -> Call[RuleNamesAnswer]:
    """What a rule may name: its sets, and every figure with its indices, those that are planned first."""
    return Call("list_rule_names", "GET", path("/v1/basins/{basin_id}/rules/names", basin_id=basin_id), RuleNamesAnswer)


def list_runs(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    basin_id: str | None = None,
    scenario_id: str | None = None,
    state: Literal["queued", "running", "succeeded", "no_plan", "failed", "cancelled"] | None = None,
    mine: bool | None = None,
) -> Call[Page[RunInList]]:
    """The runs in all basins that one may read, the newest first."""
    return Call(
        "list_runs",
        "GET",
        "/v1/runs",
        Page[RunInList],
        query=sent(limit=limit, cursor=cursor, basin_id=basin_id, scenario_id=scenario_id, state=state, mine=mine),
    )


def list_scenarios(
    basin_id: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    parent_id: str | None = None,
    roots: bool | None = None,
    archived: bool | None = None,
    text: str | None = None,
) -> Call[Page[ScenarioInList]]:
    """The scenarios of a basin, the newest first. `parent_id` and `children` make a tree of them."""
    return Call(
        "list_scenarios",
        "GET",
        path("/v1/basins/{basin_id}/scenarios", basin_id=basin_id),
        Page[ScenarioInList],
        query=sent(limit=limit, cursor=cursor, parent_id=parent_id, roots=roots, archived=archived, text=text),
    )


def list_share_links(basin_id: str, *, limit: int | None = None, cursor: str | None = None) -> Call[Page[ShareLinkAnswer]]:
    """The share links of a basin, the newest first, also those that have ended. Takes an owner."""
    return Call(
        "list_share_links",
        "GET",
        path("/v1/basins/{basin_id}/share-links", basin_id=basin_id),
        Page[ShareLinkAnswer],
        query=sent(limit=limit, cursor=cursor),
    )


def list_stakeholders(basin_id: str, *, limit: int | None = None, cursor: str | None = None) -> Call[Page[ProfileAnswer]]:
    """Everybody who has said whom they speak for in a basin. Takes an account."""
    return Call(
        "list_stakeholders",
        "GET",
        path("/v1/basins/{basin_id}/stakeholders", basin_id=basin_id),
        Page[ProfileAnswer],
        query=sent(limit=limit, cursor=cursor),
    )


def list_stances(plan_id: str, *, limit: int | None = None, cursor: str | None = None) -> Call[Page[StanceAnswer]]:
    """Who endorses a plan and who objects, why, and whom they speak for."""
    return Call(
        "list_stances",
        "GET",
        path("/v1/plans/{plan_id}/stances", plan_id=plan_id),
        Page[StanceAnswer],
        query=sent(limit=limit, cursor=cursor),
    )


def list_tables(plan_id: str) -> Call[list[TableDescription]]:
    """The tables of a plan: what each column is, its unit, and how many rows there are."""
    return Call("list_tables", "GET", path("/v1/plans/{plan_id}/tables", plan_id=plan_id), list[TableDescription])


def list_technologies(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    format: Literal["json", "csv"] | None = None,
    category: str | None = None,
    technology: str | None = None,
) -> Call[Page[TechnologyAnswer] | bytes]:
    """Technologies with their figures: value, low, high, unit, year, source, and whether it was assumed."""
    return Call(
        "list_technologies",
        "GET",
        "/v1/catalogue/technologies",
        Page[TechnologyAnswer],
        query=sent(limit=limit, cursor=cursor, format=format, category=category, technology=technology),
    )


def list_users(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    q: str | None = None,
    state: Literal["active", "disabled", "deleted"] | None = None,
) -> Call[Page[UserAnswer]]:
    """Accounts, the newest first. Takes an administrator of the service."""
    return Call("list_users", "GET", "/v1/users", Page[UserAnswer], query=sent(limit=limit, cursor=cursor, q=q, state=state))


def list_versions(basin_id: str, *, limit: int | None = None, cursor: str | None = None) -> Call[Page[VersionAnswer]]:
    """The versions of a basin, the newest first."""
    return Call(
        "list_versions",
        "GET",
        path("/v1/basins/{basin_id}/versions", basin_id=basin_id),
        Page[VersionAnswer],
        query=sent(limit=limit, cursor=cursor),
    )


def list_workers() -> Call[list[WorkerAnswer]]:
    """Workers that were alive within the last day, the newest first. Takes an administrator of the service."""
    return Call("list_workers", "GET", "/v1/workers", list[WorkerAnswer])


def live() -> Call[Health]:
    """The process answers."""
    return Call("live", "GET", "/health/live", Health)


def make_api_key(
    *,
    name: str,
    scopes: Sequence[Literal["read", "write", "run", "administer"]],
    expires_at: datetime | LeftOut | None = LEFT_OUT,
) -> Call[NewApiKeyAnswer]:
    """Make a key. Its secret is in this answer and nowhere else. A key that makes keys needs the scope administer."""
    return Call(
        "make_api_key",
        "POST",
        "/v1/api-keys",
        NewApiKeyAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(name=name, scopes=scopes, expires_at=expires_at),
    )


def make_basin(
    *,
    organisation_id: str,
    document: Mapping[str, Any] | LeftOut | None = LEFT_OUT,
    case: str | LeftOut | None = LEFT_OUT,
    name: str | LeftOut | None = LEFT_OUT,
    title: str | LeftOut | None = LEFT_OUT,
    note: str | LeftOut = LEFT_OUT,
) -> Call[BasinAnswer]:
    """Make a basin from a document, or from a bundled case. Takes a member of the organisation, who becomes its owner."""
    return Call(
        "make_basin",
        "POST",
        "/v1/basins",
        BasinAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(organisation_id=organisation_id, document=document, case=case, name=name, title=title, note=note),
    )


def make_comment(
    basin_id: str,
    *,
    text: str,
    answer_to: str | LeftOut | None = LEFT_OUT,
    plan_id: str | LeftOut | None = LEFT_OUT,
    scenario_id: str | LeftOut | None = LEFT_OUT,
    table: str | LeftOut | None = LEFT_OUT,
    place: str | LeftOut | None = LEFT_OUT,
) -> Call[CommentAnswer]:
    """Comment on a basin, a place in it, a scenario or a plan, or answer a comment. Takes a stakeholder of the basin."""
    return Call(
        "make_comment",
        "POST",
        path("/v1/basins/{basin_id}/comments", basin_id=basin_id),
        CommentAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(text=text, answer_to=answer_to, plan_id=plan_id, scenario_id=scenario_id, table=table, place=place),
    )


def make_organisation(*, name: str, title: str) -> Call[OrganisationAnswer]:
    """Make an organisation. Takes an administrator of the service, who becomes its first administrator."""
    return Call(
        "make_organisation",
        "POST",
        "/v1/organisations",
        OrganisationAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(name=name, title=title),
    )


def make_scenario(
    basin_id: str,
    *,
    name: str,
    title: str | LeftOut = LEFT_OUT,
    description: str | LeftOut = LEFT_OUT,
    parent_id: str | LeftOut | None = LEFT_OUT,
    basin_version: int | LeftOut | None = LEFT_OUT,
    changes: Sequence[Any] | LeftOut = LEFT_OUT,
    policy: Mapping[str, Any] | LeftOut | None = LEFT_OUT,
) -> Call[ScenarioAnswer]:
    """Make a scenario. It is read and applied to the basin first; what stands against it are findings with pointers."""
    return Call(
        "make_scenario",
        "POST",
        path("/v1/basins/{basin_id}/scenarios", basin_id=basin_id),
        ScenarioAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(
            name=name,
            title=title,
            description=description,
            parent_id=parent_id,
            basin_version=basin_version,
            changes=changes,
            policy=policy,
        ),
    )


def make_share_link(
    basin_id: str, *, name: str, plan_id: str | LeftOut | None = LEFT_OUT, expires_at: datetime | LeftOut | None = LEFT_OUT
) -> Call[NewShareLinkAnswer]:
    """Make a link that lets anyone who has it read, and nothing else. Takes an owner."""
    return Call(
        "make_share_link",
        "POST",
        path("/v1/basins/{basin_id}/share-links", basin_id=basin_id),
        NewShareLinkAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(name=name, plan_id=plan_id, expires_at=expires_at),
    )


def make_user(
    *,
    email: str,
    name: str | LeftOut | None = LEFT_OUT,
    language: str | LeftOut = LEFT_OUT,
    is_administrator: bool | LeftOut = LEFT_OUT,
    organisation_id: str | LeftOut | None = LEFT_OUT,
) -> Call[NewUserAnswer]:
    """Make an account. Takes an administrator of the service, who gives the one-time link to its owner."""
    return Call(
        "make_user",
        "POST",
        "/v1/users",
        NewUserAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(
            email=email, name=name, language=language, is_administrator=is_administrator, organisation_id=organisation_id
        ),
    )


def make_version(
    basin_id: str, *, document: Mapping[str, Any], note: str | LeftOut = LEFT_OUT, if_match: str | None = None
) -> Call[VersionAnswer]:
    """Keep a whole basin as the next version. Takes If-Match with the basin's ETag."""
    return Call(
        "make_version",
        "POST",
        path("/v1/basins/{basin_id}/versions", basin_id=basin_id),
        VersionAnswer,
        headers=headers(if_match=if_match, content_type="application/json"),
        content=json_body(document=document, note=note),
    )


def preview_rule(basin_id: str, *, rule: Mapping[str, Any], version: int | LeftOut | None = LEFT_OUT) -> Call[RulePreviewAnswer]:
    """How many rows and entries a rule gives in the model, and some rows in words."""
    return Call(
        "preview_rule",
        "POST",
        path("/v1/basins/{basin_id}/rules/preview", basin_id=basin_id),
        RulePreviewAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(rule=rule, version=version),
    )


def read_aggregate(
    plan_id: str,
    *,
    table: str,
    measure: str | None = None,
    by: str | None = None,
    function: str | None = None,
    filter: list[str] | None = None,
    format: Literal["json", "csv"] | None = None,
    failed: bool | None = None,
) -> Call[AggregateAnswer | bytes]:
    """Figures of a table put together by administration, group, stage, season, member, …"""
    return Call(
        "read_aggregate",
        "GET",
        path("/v1/plans/{plan_id}/aggregate", plan_id=plan_id),
        AggregateAnswer,
        query=sent(table=table, measure=measure, by=by, function=function, filter=filter, format=format, failed=failed),
    )


def read_archive(basin_id: str, number: str) -> Call[bytes]:
    """The whole basin as a ZIP archive of basin.yaml and CSV."""
    return Call(
        "read_archive", "GET", path("/v1/basins/{basin_id}/versions/{number}/archive", basin_id=basin_id, number=number), BYTES
    )


def read_assumptions(plan_id: str) -> Call[AssumptionsAnswer]:
    """What a plan rests on: its policy, its scenario's changes, and the figures of its basin that nobody measured."""
    return Call("read_assumptions", "GET", path("/v1/plans/{plan_id}/assumptions", plan_id=plan_id), AssumptionsAnswer)


def read_audit(plan_id: str) -> Call[AuditAnswer]:
    """What the independent audit found: each rule with its worst violation and where."""
    return Call("read_audit", "GET", path("/v1/plans/{plan_id}/audit", plan_id=plan_id), AuditAnswer)


def read_basin(basin_id: str) -> Call[BasinAnswer]:
    """A basin that one may read."""
    return Call("read_basin", "GET", path("/v1/basins/{basin_id}", basin_id=basin_id), BasinAnswer)


def read_basin_trail(
    basin_id: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    subject: str | None = None,
    subject_id: str | None = None,
    user_id: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    format: Literal["json", "csv"] | None = None,
) -> Call[Page[TrailAnswer] | bytes]:
    """Every change in a basin, the newest first. Takes an owner."""
    return Call(
        "read_basin_trail",
        "GET",
        path("/v1/basins/{basin_id}/trail", basin_id=basin_id),
        Page[TrailAnswer],
        query=sent(
            limit=limit,
            cursor=cursor,
            subject=subject,
            subject_id=subject_id,
            user_id=user_id,
            since=since,
            until=until,
            format=format,
        ),
    )


def read_case(name: str) -> Call[WholeCaseAnswer]:
    """A case: what it is, its licence, the rows of its tables, its scenarios."""
    return Call("read_case", "GET", path("/v1/cases/{name}", name=name), WholeCaseAnswer)


def read_comment(comment_id: str) -> Call[CommentAnswer]:
    """A comment."""
    return Call("read_comment", "GET", path("/v1/comments/{comment_id}", comment_id=comment_id), CommentAnswer)


def read_comparison(
    *, plan: list[str], format: Literal["json", "csv", "html"] | None = None, language: str | None = None
) -> Call[ComparisonAnswer | bytes]:
    """Plans compared: what they assume differently, then every indicator with which direction is better, options built in …"""
    return Call(
        "read_comparison", "GET", "/v1/comparisons", ComparisonAnswer, query=sent(plan=plan, format=format, language=language)
    )


def read_document(basin_id: str, number: str) -> Call[dict[str, Any]]:
    """The whole basin as JSON, in the form in which basins are taken."""
    return Call(
        "read_document",
        "GET",
        path("/v1/basins/{basin_id}/versions/{number}/document", basin_id=basin_id, number=number),
        dict[str, Any],
    )


def read_events(
    run_id: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    after: int | None = None,
    last_event_id: str | None = None,
) -> Call[RunEventPage]:
    """News of a run. With `Accept: text/event-stream` a stream that goes on until the run has ended; else a page as JSON."""
    return Call(
        "read_events",
        "GET",
        path("/v1/runs/{run_id}/events", run_id=run_id),
        RunEventPage,
        query=sent(limit=limit, cursor=cursor, after=after),
        headers=headers(**{"last-event-id": last_event_id}),
    )


def read_explanation(plan_id: str) -> Call[ExplanationAnswer]:
    """What binds the plan, and what one more of it would be worth, with all that is built kept as planned."""
    return Call("read_explanation", "GET", path("/v1/plans/{plan_id}/explanation", plan_id=plan_id), ExplanationAnswer)


def read_forced(plan_id: str, option: str) -> Call[ForcedAnswer]:
    """What it would cost to have an option in the last stage: the plan is searched for again, for 15 seconds at most."""
    return Call(
        "read_forced", "GET", path("/v1/plans/{plan_id}/options/{option}/forced", plan_id=plan_id, option=option), ForcedAnswer
    )


def read_futures(
    plan_id: str,
    *,
    count: int | None = None,
    seed: int | None = None,
    water_from_share: float | None = None,
    water_to_share: float | None = None,
    demand_from_share: float | None = None,
    demand_to_share: float | None = None,
    enough_share: float | None = None,
) -> Call[FuturesAnswer]:
    """How a plan fares in drawn futures, with all that is built and chosen kept: in how many every village has enough."""
    return Call(
        "read_futures",
        "GET",
        path("/v1/plans/{plan_id}/futures", plan_id=plan_id),
        FuturesAnswer,
        query=sent(
            count=count,
            seed=seed,
            water_from_share=water_from_share,
            water_to_share=water_to_share,
            demand_from_share=demand_from_share,
            demand_to_share=demand_to_share,
            enough_share=enough_share,
        ),
    )


def read_geojson(
    basin_id: str,
    number: str,
    *,
    only: list[
        Literal["villages", "sources", "treatment_sites", "wastewater_sites", "links", "reuse_links", "reaches", "other_uses"]
    ]
    | None = None,
) -> Call[bytes]:
    """What the basin has on a map: villages, sources, treatment sites, links, reaches; all of it, or only some tables."""
    return Call(
        "read_geojson",
        "GET",
        path("/v1/basins/{basin_id}/versions/{number}/geojson", basin_id=basin_id, number=number),
        BYTES,
        query=sent(only=only),
    )


def read_indicators(plan_id: str) -> Call[list[IndicatorAnswer]]:
    """The figures by which plans are compared. None for a plan whose audit failed: its figures are no results."""
    return Call("read_indicators", "GET", path("/v1/plans/{plan_id}/indicators", plan_id=plan_id), list[IndicatorAnswer])


def read_log(run_id: str) -> Call[bytes]:
    """All news of a run as text, a line each."""
    return Call("read_log", "GET", path("/v1/runs/{run_id}/log", run_id=run_id), BYTES)


def read_mathematics(scenario_id: str, *, format: Literal["html", "latex"] | None = None) -> Call[bytes]:
    """The model that is solved for a scenario: sets, data, variables, and every equation from its own rule."""
    return Call(
        "read_mathematics",
        "GET",
        path("/v1/scenarios/{scenario_id}/mathematics", scenario_id=scenario_id),
        BYTES,
        query=sent(format=format),
    )


def read_mathematics_of_plan(plan_id: str, *, format: Literal["html", "latex"] | None = None) -> Call[bytes]:
    """The model that the plan is a solution of: sets, data, variables, and every equation from its own rule."""
    return Call(
        "read_mathematics_of_plan",
        "GET",
        path("/v1/plans/{plan_id}/mathematics", plan_id=plan_id),
        BYTES,
        query=sent(format=format),
    )


def read_organisation(organisation_id: str) -> Call[OrganisationAnswer]:
    """An organisation that one is in."""
    return Call(
        "read_organisation",
        "GET",
        path("/v1/organisations/{organisation_id}", organisation_id=organisation_id),
        OrganisationAnswer,
    )


def read_own_account() -> Call[UserAnswer]:
    """One's own account."""
    return Call("read_own_account", "GET", "/v1/users/me", UserAnswer)


def read_own_data() -> Call[PersonalData]:
    """Everything that the service holds about oneself, without secrets."""
    return Call("read_own_data", "GET", "/v1/users/me/data", PersonalData)


def read_plan(plan_id: str) -> Call[PlanAnswer]:
    """A plan: what it may claim, what it was made from, and whether it is stale."""
    return Call("read_plan", "GET", path("/v1/plans/{plan_id}", plan_id=plan_id), PlanAnswer)


def read_plan_satisfaction(plan_id: str) -> Call[list[StakeholderSatisfaction]]:
    """How far a plan satisfies each of those concerned who have said what matters to them."""
    return Call(
        "read_plan_satisfaction", "GET", path("/v1/plans/{plan_id}/satisfaction", plan_id=plan_id), list[StakeholderSatisfaction]
    )


def read_preferences(basin_id: str) -> Call[PreferencesAnswer]:
    """What one has said that matters. Takes a stakeholder of the basin with a profile."""
    return Call("read_preferences", "GET", path("/v1/basins/{basin_id}/preferences", basin_id=basin_id), PreferencesAnswer)


def read_profile(basin_id: str) -> Call[ProfileAnswer]:
    """Whom one speaks for oneself. Takes a stakeholder of the basin."""
    return Call("read_profile", "GET", path("/v1/basins/{basin_id}/profile", basin_id=basin_id), ProfileAnswer)


def read_record(plan_id: str) -> Call[dict[str, Any]]:
    """What the solver did: bounds, gaps, seconds, sizes, seed, versions."""
    return Call("read_record", "GET", path("/v1/plans/{plan_id}/record", plan_id=plan_id), dict[str, Any])


def read_relief(name: str) -> Call[bytes]:
    """The ground of a case as a shaded picture for under a map."""
    return Call("read_relief", "GET", path("/v1/cases/{name}/relief", name=name), BYTES)


def read_resolved(scenario_id: str) -> Call[ResolvedAnswer]:
    """What a scenario stands for now: all changes from the root on, the policy that holds, the basin's version."""
    return Call("read_resolved", "GET", path("/v1/scenarios/{scenario_id}/resolved", scenario_id=scenario_id), ResolvedAnswer)


def read_rows(
    plan_id: str,
    table: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    filter: list[str] | None = None,
    columns: str | None = None,
    sort: str | None = None,
    titles: bool | None = None,
    format: Literal["json", "csv", "parquet", "arrow", "xlsx"] | None = None,
    failed: bool | None = None,
) -> Call[RowsAnswer | bytes]:
    """Rows of a table: filtered, some columns, in an order. JSON in pages; CSV, Parquet, Arrow and XLSX whole."""
    return Call(
        "read_rows",
        "GET",
        path("/v1/plans/{plan_id}/tables/{table}", plan_id=plan_id, table=table),
        RowsAnswer,
        query=sent(
            limit=limit, cursor=cursor, filter=filter, columns=columns, sort=sort, titles=titles, format=format, failed=failed
        ),
    )


def read_run(run_id: str) -> Call[RunAnswer]:
    """A run: its state, its place in the queue, the latest news, how it ended, its plan."""
    return Call("read_run", "GET", path("/v1/runs/{run_id}", run_id=run_id), RunAnswer)


def read_satisfaction(basin_id: str, *, plan: list[str]) -> Call[list[StakeholderSatisfaction]]:
    """How far each of several plans satisfies each of those concerned: one table of people by plans."""
    return Call(
        "read_satisfaction",
        "GET",
        path("/v1/basins/{basin_id}/satisfaction", basin_id=basin_id),
        list[StakeholderSatisfaction],
        query=sent(plan=plan),
    )


def read_scenario(scenario_id: str) -> Call[ScenarioAnswer]:
    """A scenario with its own changes and policy, its plans, and which of them are stale and why."""
    return Call("read_scenario", "GET", path("/v1/scenarios/{scenario_id}", scenario_id=scenario_id), ScenarioAnswer)


def read_scenario_difference(scenario_id: str, *, other: str, resolved: bool | None = None) -> Call[ScenarioDifference]:
    """What differs between this scenario and another: changes and policy, and the basins that they come to."""
    return Call(
        "read_scenario_difference",
        "GET",
        path("/v1/scenarios/{scenario_id}/difference", scenario_id=scenario_id),
        ScenarioDifference,
        query=sent(other=other, resolved=resolved),
    )


def read_schema(form: str, *, language: str | None = None) -> Call[dict[str, Any]]:
    """JSON Schema (draft 2020-12) with titles, units (`x-unit`), help, and what names refer to (`x-refers-to`)."""
    return Call("read_schema", "GET", path("/v1/schemas/{form}", form=form), dict[str, Any], query=sent(language=language))


def read_session() -> Call[SessionAnswer]:
    """Who one is; a page also learns its CSRF token."""
    return Call("read_session", "GET", "/v1/session", SessionAnswer)


def read_stance(plan_id: str) -> Call[StanceAnswer]:
    """What one thinks of a plan oneself. Takes a stakeholder of the basin."""
    return Call("read_stance", "GET", path("/v1/plans/{plan_id}/stance", plan_id=plan_id), StanceAnswer)


def read_summary(plan_id: str, *, language: str | None = None) -> Call[bytes]:
    """A page about a plan that also opens offline: verdict, map, people, works, who pays, the river, assumptions."""
    return Call("read_summary", "GET", path("/v1/plans/{plan_id}/summary", plan_id=plan_id), BYTES, query=sent(language=language))


def read_table(
    basin_id: str,
    number: str,
    table: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    format: Literal["json", "csv", "parquet"] | None = None,
) -> Call[TableAnswer | bytes]:
    """One table: as JSON in pages, or whole as CSV or Parquet."""
    return Call(
        "read_table",
        "GET",
        path("/v1/basins/{basin_id}/versions/{number}/tables/{table}", basin_id=basin_id, number=number, table=table),
        TableAnswer,
        query=sent(limit=limit, cursor=cursor, format=format),
    )


def read_template() -> Call[bytes]:
    """A workbook to fill in: every table with its columns, units and what is allowed."""
    return Call("read_template", "GET", "/v1/basins/template", BYTES)


def read_trail(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    subject: str | None = None,
    subject_id: str | None = None,
    user_id: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    format: Literal["json", "csv"] | None = None,
) -> Call[Page[TrailAnswer] | bytes]:
    """Every change in the service, the newest first. Takes an administrator of the service."""
    return Call(
        "read_trail",
        "GET",
        "/v1/trail",
        Page[TrailAnswer],
        query=sent(
            limit=limit,
            cursor=cursor,
            subject=subject,
            subject_id=subject_id,
            user_id=user_id,
            since=since,
            until=until,
            format=format,
        ),
    )


def read_user(user_id: str) -> Call[UserAnswer]:
    """An account. Takes an administrator of the service."""
    return Call("read_user", "GET", path("/v1/users/{user_id}", user_id=user_id), UserAnswer)


def read_version(basin_id: str, number: str) -> Call[VersionAnswer]:
    """A version by its number, or the newest as `latest`."""
    return Call(
        "read_version", "GET", path("/v1/basins/{basin_id}/versions/{number}", basin_id=basin_id, number=number), VersionAnswer
    )


def read_version_difference(basin_id: str, number: str, *, from_: str, limit: int | None = None) -> Call[BasinDifferenceAnswer]:
    """What changed from one version to another: settings, rows by their key, cells before and after."""
    return Call(
        "read_version_difference",
        "GET",
        path("/v1/basins/{basin_id}/versions/{number}/difference", basin_id=basin_id, number=number),
        BasinDifferenceAnswer,
        query=sent(**{"from": from_, "limit": limit}),
    )


def read_village(plan_id: str, village: str) -> Call[VillageLineAnswer]:
    """What a plan means for a village: service by stage, source and treatment, cost, tariff, risk, drought, who pays."""
    return Call(
        "read_village", "GET", path("/v1/plans/{plan_id}/villages/{village}", plan_id=plan_id, village=village), VillageLineAnswer
    )


def read_ways() -> Call[SignInWays]:
    """How one can sign in here, besides with e-mail address and password."""
    return Call("read_ways", "GET", "/v1/session/ways", SignInWays)


def read_workbook(basin_id: str, number: str) -> Call[bytes]:
    """The whole basin as an XLSX workbook, one sheet a table."""
    return Call(
        "read_workbook", "GET", path("/v1/basins/{basin_id}/versions/{number}/workbook", basin_id=basin_id, number=number), BYTES
    )


def read_yaml(scenario_id: str) -> Call[bytes]:
    """The scenario as YAML that stands for itself: all changes from the root on, and the policy that holds."""
    return Call("read_yaml", "GET", path("/v1/scenarios/{scenario_id}/scenario.yaml", scenario_id=scenario_id), BYTES)


def ready() -> Call[Health]:
    """The database answers and is at the newest revision, and the content store is there."""
    return Call("ready", "GET", "/health/ready", Health)


def redeem(*, token: str, password: str) -> Call[Redeemed]:
    """Set a password with a one-time link, which then is used up. All sessions of the account end."""
    return Call(
        "redeem",
        "POST",
        "/v1/one-time-links/redeem",
        Redeemed,
        headers=headers(content_type="application/json"),
        content=json_body(token=token, password=password),
    )


def remove_member(organisation_id: str, user_id: str) -> Call[None]:
    """Let somebody go from an organisation. Takes an administrator of it."""
    return Call(
        "remove_member",
        "DELETE",
        path("/v1/organisations/{organisation_id}/members/{user_id}", organisation_id=organisation_id, user_id=user_id),
        NOTHING,
    )


def remove_profile(basin_id: str, *, if_match: str | None = None) -> Call[None]:
    """Speak for nobody any more; one's preferences go as well. Takes If-Match."""
    return Call(
        "remove_profile",
        "DELETE",
        path("/v1/basins/{basin_id}/profile", basin_id=basin_id),
        NOTHING,
        headers=headers(if_match=if_match),
    )


def remove_stance(plan_id: str, *, if_match: str | None = None) -> Call[None]:
    """Neither endorse a plan nor object to it any more. Takes If-Match."""
    return Call(
        "remove_stance",
        "DELETE",
        path("/v1/plans/{plan_id}/stance", plan_id=plan_id),
        NOTHING,
        headers=headers(if_match=if_match),
    )


def rerun(run_id: str) -> Call[RunAnswer]:
    """Solve anew exactly what a run solved: the same version, changes, policy and limits, with the software of today."""
    return Call("rerun", "POST", path("/v1/runs/{run_id}/rerun", run_id=run_id), RunAnswer)


def reset_password(user_id: str) -> Call[OneTimeLinkAnswer]:
    """End somebody's password and sessions, and get a link to give to them. Takes an administrator of the service."""
    return Call("reset_password", "POST", path("/v1/users/{user_id}/password-reset", user_id=user_id), OneTimeLinkAnswer)


def restore_basin(basin_id: str, *, if_match: str | None = None) -> Call[BasinAnswer]:
    """Take a basin out of the archive. Takes its owner, and If-Match."""
    return Call(
        "restore_basin",
        "POST",
        path("/v1/basins/{basin_id}/restore", basin_id=basin_id),
        BasinAnswer,
        headers=headers(if_match=if_match),
    )


def restore_plan(plan_id: str) -> Call[PlanAnswer]:
    """Take an archived plan back into the lists. Takes a planner."""
    return Call("restore_plan", "POST", path("/v1/plans/{plan_id}/restore", plan_id=plan_id), PlanAnswer)


def restore_scenario(scenario_id: str, *, if_match: str | None = None) -> Call[ScenarioAnswer]:
    """Take a scenario out of the archive. Takes a planner, and If-Match."""
    return Call(
        "restore_scenario",
        "POST",
        path("/v1/scenarios/{scenario_id}/restore", scenario_id=scenario_id),
        ScenarioAnswer,
        headers=headers(if_match=if_match),
    )


def revoke_api_key(key_id: str) -> Call[None]:
    """End one of one's own keys at once."""
    return Call("revoke_api_key", "DELETE", path("/v1/api-keys/{key_id}", key_id=key_id), NOTHING)


def revoke_share_link(basin_id: str, link_id: str) -> Call[None]:
    """End a share link at once. Takes an owner."""
    return Call(
        "revoke_share_link",
        "DELETE",
        path("/v1/basins/{basin_id}/share-links/{link_id}", basin_id=basin_id, link_id=link_id),
        NOTHING,
    )


def set_member(
    organisation_id: str, user_id: str, *, role: Literal["member", "administrator"] | LeftOut = LEFT_OUT
) -> Call[MemberAnswer]:
    """Take somebody into an organisation, or give them another role. Takes an administrator of it."""
    return Call(
        "set_member",
        "PUT",
        path("/v1/organisations/{organisation_id}/members/{user_id}", organisation_id=organisation_id, user_id=user_id),
        MemberAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(role=role),
    )


def set_preferences(basin_id: str, *, preferences: Sequence[Preference], if_match: str | None = None) -> Call[PreferencesAnswer]:
    """Say what matters: weights, floors and aspirations over indicators. Takes If-Match with the ETag of one's profile."""
    return Call(
        "set_preferences",
        "PUT",
        path("/v1/basins/{basin_id}/preferences", basin_id=basin_id),
        PreferencesAnswer,
        headers=headers(if_match=if_match, content_type="application/json"),
        content=json_body(preferences=preferences),
    )


def set_profile(
    basin_id: str,
    *,
    speaks_for: Literal[
        "administration",
        "ministry",
        "village_committee",
        "women_group",
        "minority_group",
        "environment",
        "donor",
        "downstream_city",
        "other",
    ],
    title: str | LeftOut = LEFT_OUT,
    administration: str | LeftOut | None = LEFT_OUT,
    village: str | LeftOut | None = LEFT_OUT,
    if_match: str | None = None,
) -> Call[ProfileAnswer]:
    """Say whom one speaks for. Takes a stakeholder of the basin, and If-Match where one has said so before."""
    return Call(
        "set_profile",
        "PUT",
        path("/v1/basins/{basin_id}/profile", basin_id=basin_id),
        ProfileAnswer,
        headers=headers(if_match=if_match, content_type="application/json"),
        content=json_body(speaks_for=speaks_for, title=title, administration=administration, village=village),
    )


def set_stance(
    plan_id: str, *, stance: Literal["endorses", "objects"], reason: str | LeftOut = LEFT_OUT, if_match: str | None = None
) -> Call[StanceAnswer]:
    """Endorse a plan or object to it. Takes a stakeholder of the basin, and If-Match where one has done so before."""
    return Call(
        "set_stance",
        "PUT",
        path("/v1/plans/{plan_id}/stance", plan_id=plan_id),
        StanceAnswer,
        headers=headers(if_match=if_match, content_type="application/json"),
        content=json_body(stance=stance, reason=reason),
    )


def sign_in(*, email: str, password: str) -> Call[SessionAnswer]:
    """Sign in with e-mail address and password: a session in the cookie `rivershare_session`."""
    return Call(
        "sign_in",
        "POST",
        "/v1/session",
        SessionAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(email=email, password=password),
    )


def sign_out(*, everywhere: bool | None = None) -> Call[None]:
    """Sign out. An API key can only end all sessions of its account, with the scope administer."""
    return Call("sign_out", "DELETE", "/v1/session", NOTHING, query=sent(everywhere=everywhere))


def start_run(
    scenario_id: str,
    *,
    limits: RunLimits | Mapping[str, Any] | LeftOut = LEFT_OUT,
    priority: Literal[-1, 0, 1] | LeftOut = LEFT_OUT,
    fresh: bool | LeftOut = LEFT_OUT,
    start: Literal["last_plan", "nothing"] | LeftOut = LEFT_OUT,
) -> Call[RunAnswer]:
    """Plan a scenario as it stands now. Takes an analyst, and a planner for priority 1."""
    return Call(
        "start_run",
        "POST",
        path("/v1/scenarios/{scenario_id}/runs", scenario_id=scenario_id),
        RunAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(limits=limits, priority=priority, fresh=fresh, start=start),
    )


def take_role(basin_id: str, user_id: str) -> Call[None]:
    """Take somebody's role in a basin. Takes an owner; the last one stays."""
    return Call("take_role", "DELETE", path("/v1/basins/{basin_id}/roles/{user_id}", basin_id=basin_id, user_id=user_id), NOTHING)


def try_preferences(basin_id: str, *, plans: Sequence[str], preferences: Sequence[Preference]) -> Call[SatisfactionAnswer]:
    """How far plans would satisfy these preferences. Nothing is kept, and anybody's own are left out."""
    return Call(
        "try_preferences",
        "POST",
        path("/v1/basins/{basin_id}/satisfaction", basin_id=basin_id),
        SatisfactionAnswer,
        headers=headers(content_type="application/json"),
        content=json_body(plans=plans, preferences=preferences),
    )
