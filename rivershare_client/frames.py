"""Tables as pandas takes them. pandas and pyarrow are loaded when a table is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    import pandas as pd


def of_arrow(content: bytes) -> pd.DataFrame:
    """The frame of an Arrow stream; each column's title and unit are in `frame.attrs["columns"]`."""
    import pyarrow as pa

    with pa.ipc.open_stream(content) as reader:
        table = reader.read_all()
    frame: pd.DataFrame = table.to_pandas()
    about = {field.name: field.metadata or {} for field in table.schema}
    frame.attrs["columns"] = {name: {key.decode(): value.decode() for key, value in told.items()} for name, told in about.items()}
    return frame


def of_answers(answers: Iterable[BaseModel]) -> pd.DataFrame:
    """The frame of a list of answers: a row each."""
    import pandas as pd

    return pd.DataFrame([answer.model_dump() for answer in answers])


def of_comparison(comparison: Any) -> pd.DataFrame:
    """Indicators by plan: a row for each indicator, with title, unit and better; a column for each plan by its title."""
    import pandas as pd

    titles = [plan["title"] for plan in comparison["plans"]]
    rows = [
        {"indicator": one["name"], "title": one["title"], "unit": one["unit"], "better": one["better"]}
        | dict(zip(titles, one["values"], strict=True))
        for one in comparison["indicators"]
    ]
    return pd.DataFrame(rows).set_index("indicator")
