"""What options do together: of those of one exclusive group only one stands, so only the best of them counts."""

import pandas as pd


def most_together(place: pd.Series, option: pd.Series, share: pd.Series, options: pd.DataFrame) -> pd.Series:
    """For each row, the most that all options of its place can do at once; missing where the place or option is unknown.

    `place`, `option` and `share` are columns of one table; `options` is the table of options.
    """
    group = options["exclusive_group"].astype(object).where(options["exclusive_group"].notna(), "option " + options["option"])
    rows = pd.DataFrame({"place": place, "share": share, "group": option.map(dict(zip(options["option"], group, strict=True)))})
    together = rows.groupby(["place", "group"])["share"].max().groupby("place").sum()
    return place.map(together).astype(float)
