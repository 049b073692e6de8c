"""The client of a Rivershare service, for scripts and notebooks.

`Rivershare(url, key)` and, with the same methods to await, `AsyncRivershare(url, key)`.
"""

from rivershare_client.asynchronous.client import AsyncRivershare
from rivershare_client.problems import NoPlan, Problem, Unreachable
from rivershare_client.synchronous.client import Rivershare

__all__ = ["AsyncRivershare", "NoPlan", "Problem", "Rivershare", "Unreachable"]
