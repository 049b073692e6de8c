"""What was asked for last stays in memory, as much as fits."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Held(Generic[Value]):
    """Values that never change, by key. Those not asked for longest go first. Several threads may use it."""

    def __init__(self, bytes_at_most: int, bytes_of: Callable[[Value], int]) -> None:
        self._bytes_at_most, self._bytes_of = bytes_at_most, bytes_of
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def of(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made where it is not held. Two threads may both make it: nobody waits for another."""
        held = self.get(key)
        if held is None:
            held = make()
            self.put(key, held)
        return held

    def get(self, key: Hashable) -> Value | None:
        """The value of a key, if it is held."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def put(self, key: Hashable, value: Value) -> None:
        """Hold a value, and let go of others until all fit; one that is larger than everything held may be is not."""
        size = self._bytes_of(value)
        with self._lock:
            if key in self._values or size > self._bytes_at_most:
                return
            self._values[key] = (value, size)
            self._bytes += size
            while self._bytes > self._bytes_at_most:
                self._bytes -= self._values.popitem(last=False)[1][1]
