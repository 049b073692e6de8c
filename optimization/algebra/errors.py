"""The one error the algebra raises."""


class ModelError(ValueError):
    """A model is stated wrongly; the message names the family, the place and how to mend it."""


class NotVectorisable(Exception):  # noqa: N818
    """A rule holds something that cannot be evaluated as arrays; its family is expanded row by row instead."""
