"""Names of members of index sets that stand for several things at once."""

import pandas as pd


def joined(*parts: pd.Index, by: str = ":") -> list[str]:
    """The names of several indexes of one length, joined member by member."""
    return [by.join(names) for names in zip(*(part.tolist() for part in parts), strict=True)]
