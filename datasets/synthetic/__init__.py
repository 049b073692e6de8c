"""Made-up basins that look like real ones, of any size and the same for the same seed."""

from datasets.synthetic.make import make

__all__ = ["make"]
