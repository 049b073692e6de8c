"""What fairness costs."""


def price_of_fairness(efficient: float, fair: float, lower_is_better: bool = False) -> float | None:
    """(best efficient − fair) / best efficient, on one measure; of a measure that is to be low, (fair − best) / best.

    Negative where the fair plan is better on that measure than the one called best. None where the best is 0.
    """
    if efficient == 0:
        return None
    return (fair - efficient if lower_is_better else efficient - fair) / abs(efficient)
