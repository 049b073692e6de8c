"""`/v1/basins/{basin_id}/rules`: rules of one's own, written and tried before they join a policy. Nothing is kept."""

from dataclasses import asdict

from api.http.documented import ONE, WRITES, problems
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.schemas.basins import PathId
from api.schemas.findings import FindingAnswer
from api.schemas.rules import RuleCheck, RuleFigureAnswer, RuleNamesAnswer, RulePreviewAnswer, RuleToTry
from api.services import rules
from api.work import CurrentWork
from optimization.rules.preview import RulePreview
from planner.rules import vocabulary

router = SubjectRouter(prefix="/basins/{basin_id}/rules", tags=["Scenarios"], route_class=TransactionRoute)


@router.get("/names", responses=problems(*ONE))
def list_rule_names(work: CurrentWork, basin_id: PathId) -> RuleNamesAnswer:
    """What a rule may name: its sets, and every figure with its indices, those that are planned first."""
    work.basin(basin_id, "reader")
    figures = [
        RuleFigureAnswer(
            table=known.table, column=known.column, indices=list(known.dimensions), unit=known.unit_in_words,
            title=known.title, planned=known.planned,
        )
        for known in vocabulary.figures().values()
    ]  # fmt: skip
    return RuleNamesAnswer(sets=list(vocabulary.dimensions()), figures=figures)


@router.post("/check", responses=problems(*ONE, *WRITES))
def check_rule(work: CurrentWork, basin_id: PathId, body: RuleToTry) -> RuleCheck:
    """Check a rule against a basin: what is wrong with it, with line and character."""
    basin = work.basin(basin_id, "reader")
    unit, findings = rules.check(rules.read(body.rule), rules.basin_of(work.session, work.store, basin, body.version))
    return RuleCheck(sound=not findings, unit=unit, findings=[FindingAnswer.model_validate(one) for one in findings])


@router.post("/preview", responses=problems(*ONE, *WRITES))
def preview_rule(work: CurrentWork, basin_id: PathId, body: RuleToTry) -> RulePreviewAnswer:
    """How many rows and entries a rule gives in the model, and some rows in words."""
    basin = work.basin(basin_id, "reader")
    found = rules.preview(rules.read(body.rule), rules.basin_of(work.session, work.store, basin, body.version))
    if not isinstance(found, RulePreview):
        return RulePreviewAnswer(sound=False, findings=[FindingAnswer.model_validate(one) for one in found])
    return RulePreviewAnswer(sound=True, findings=[], **asdict(found))
