"""`/v1/basins/{basin_id}/rules`: rules of one's own, tried before they join a policy. Nothing is kept."""

from dataclasses import asdict

from api.http.documented import ONE, WRITES, problems
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.schemas.basins import PathId
from api.schemas.findings import FindingAnswer
from api.schemas.rules import RuleCheck, RulePreviewAnswer, RuleToTry
from api.services import rules
from api.work import CurrentWork
from optimization.rules.preview import RulePreview

router = SubjectRouter(prefix="/basins/{basin_id}/rules", tags=["Scenarios"], route_class=TransactionRoute)


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
