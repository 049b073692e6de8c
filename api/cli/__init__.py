"""The command line `rivershare`."""

from api.cli.main import main

__all__ = ["main"]
