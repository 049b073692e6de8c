"""When a run may stop."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a run may use, and what suffices.

    A run ends when (plan - bound) is at most `relative_gap` × |plan| or at most `absolute_gap` (in the objective's units),
    or when `time_seconds` of wall clock have passed since the call. `memory_bytes` limits the resident memory of the
    solver's process, which watches itself five times a second: no hard fence, a sudden allocation can pass it for a moment.
    `node_limit` limits the branch-and-bound nodes of the search on the whole model. `threads` pieces of the search are worked
    at a time; how many they are changes how long it takes, not the answer. Raises ValueError if a limit cannot be meant.
    """

    time_seconds: float = 120.0
    relative_gap: float = 0.01
    absolute_gap: float = 0.0
    memory_bytes: int | None = None
    threads: int = 1
    seed: int = 0
    node_limit: int | None = None

    def __post_init__(self) -> None:
        if not self.time_seconds > 0:
            raise ValueError(f"time_seconds must be positive, not {self.time_seconds}")
        if not (self.relative_gap >= 0 and self.absolute_gap >= 0):
            raise ValueError("relative_gap and absolute_gap may not be negative")
        if self.threads < 1:
            raise ValueError(f"threads must be at least 1, not {self.threads}")
        if not 0 <= self.seed < 2**31:
            raise ValueError(f"seed must lie between 0 and 2147483647, not {self.seed}")
        if self.memory_bytes is not None and self.memory_bytes <= 0:
            raise ValueError("memory_bytes must be positive")
        if self.node_limit is not None and self.node_limit < 1:
            raise ValueError("node_limit must be at least 1")
