"""Runs: queued, worked at by workers, taken over where one dies."""
