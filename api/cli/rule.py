"""`rivershare rule`: check rules of one's own, and see what they would be in the model."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.answer import DONE, WRONG, CliError, answering
from api.cli.arguments import BasinArgument, JsonOption

if TYPE_CHECKING:
    from planner.basin import Basin
    from planner.rules import Rule

app = typer.Typer(name="rule", help="Rules of one's own: check them, see what they would be in the model.", no_args_is_help=True)
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="YAML of a rule, a list of rules, or a scenario.")]


@app.command()
def check(file: FileArgument, basin: BasinArgument, as_json: JsonOption = False) -> None:
    """Check rules against a basin. What is wrong is pointed at."""
    from planner.rules.soundness import errors_of, said

    with answering(as_json) as answer:
        read, rules = _basin(basin), _rules(file)
        wrong = {number: (*said(rules[number], error), error.remedy) for number, error in errors_of(rules, read)}
        for number, rule in enumerate(rules):
            message, line, remedy = wrong.get(number, ("good", "", ""))
            answer.say(f"{rule.name}: {message}", *([line] if line else []), *([remedy] if remedy else []))
        answer.document(
            [
                {"rule": rule.name, "sound": number not in wrong, "message": wrong.get(number, (None,))[0],
                 "remedy": wrong[number][2] if number in wrong else None}
                for number, rule in enumerate(rules)
            ]
        )  # fmt: skip
        raise typer.Exit(WRONG if wrong else DONE)


@app.command()
def preview(
    file: FileArgument,
    basin: BasinArgument,
    scenario: Annotated[str | None, typer.Option("--scenario", "-s", help="Scenario that the rules are to join.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show how many rows and entries rules give, and some rows in words. Nothing is solved."""
    from dataclasses import asdict

    from api.cli.inputs import read_scenario
    from optimization.rules.preview import preview as preview_of
    from planner.rules.errors import RuleError
    from planner.rules.soundness import said
    from planner.scenario.resolved import resolve

    with answering(as_json) as answer:
        read, rules = _basin(basin), _rules(file)
        resolved = resolve(read, read_scenario(scenario, basin))
        told = []
        for rule in rules:
            try:
                found = preview_of(rule, resolved)
            except RuleError as error:
                message, line = said(rule, error)
                raise CliError(f"{rule.name}: {message}\n{line}\n{error.remedy}") from None
            told.append({"rule": rule.name, **asdict(found)})
            unit = f", in {found.unit}" if found.unit else ""
            answer.say(f"{rule.name}: {found.rows} rows, {found.entries} entries{unit}; it does not apply to {found.left_out}.")
            answer.say(*(f"  {example}" for example in found.examples))
        answer.document(told)


def _basin(name: str) -> "Basin":
    from api.cli.inputs import read_basin

    return read_basin(name)[0]


def _rules(file: Path) -> "list[Rule]":
    from planner.rules.soundness import rule_of
    from planner.scenario.reading import read_yaml

    content: Any = read_yaml(file)
    if isinstance(content, dict) and "policy" in content:
        content = (content["policy"] or {}).get("rules", [])
    listed = content if isinstance(content, list) else [content]
    try:
        return [rule_of(one) for one in listed]
    except ValueError as error:
        raise CliError(f"{file}: {error}.") from None
