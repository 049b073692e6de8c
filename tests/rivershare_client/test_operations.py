"""The client and the service's OpenAPI document say the same."""

import inspect
import re
from typing import Any

import pytest

from generators.client import CLIENT, openapi, written
from rivershare_client import operations
from rivershare_client.calls import Call

DOCUMENT = openapi()
METHODS = {"get", "post", "put", "patch", "delete"}
DOCUMENTED = [
    (method.upper(), path, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if method in METHODS
]
FUNCTIONS = {
    name: function
    for name, function in vars(operations).items()
    if inspect.isfunction(function) and function.__module__ == operations.__name__
}


def plain(name: str) -> str:
    return re.sub(r"\W", "_", name).rstrip("_")


def body_fields(operation: dict[str, Any]) -> set[str]:
    """The fields that the document says a JSON body has; content and media_type where it is a file."""
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    names = re.findall(r"'#/components/schemas/(\w+)'", str(schema))
    if names:
        return set(DOCUMENT["components"]["schemas"][names[0]]["properties"])
    return {"content", "media_type"} if content else set()


def test_every_documented_operation_is_a_function_and_every_function_is_documented() -> None:
    assert {operation["operationId"] for _, _, operation in DOCUMENTED} == set(FUNCTIONS)


@pytest.mark.parametrize(("method", "path", "operation"), DOCUMENTED, ids=lambda part: part if isinstance(part, str) else "")
def test_an_operation_takes_what_is_documented_and_asks_for_it(method: str, path: str, operation: dict[str, Any]) -> None:
    function = FUNCTIONS[operation["operationId"]]
    parameters = operation.get("parameters", [])
    expected = {plain(parameter["name"]) for parameter in parameters} | body_fields(operation)
    if "428" in operation["responses"]:
        expected.add("if_match")
    taken = inspect.signature(function).parameters
    assert {plain(name) for name in taken} == {plain(name) for name in expected}

    needed = {name: "x" for name, parameter in taken.items() if parameter.default is inspect.Parameter.empty}
    call: Call[Any] = function(**needed)
    assert (call.operation, call.method) == (operation["operationId"], method)
    assert call.path == re.sub(r"{\w+}", "x", path)
    required = {p["name"] for p in parameters if p["in"] == "query" and p.get("required")}
    assert set(call.query) == required


def test_generated_files_are_as_the_generator_writes_them() -> None:
    differing = [path.name for path, text in written().items() if path.read_text(encoding="utf-8") != text]
    assert differing == [], "run: python -m generators"


def test_no_generated_file_is_left_over() -> None:
    synchronous = {path.name for path in (CLIENT / "synchronous").glob("*.py")}
    assert synchronous == {path.name for path in (CLIENT / "asynchronous").glob("*.py")}
