"""Files ↔ basin: a folder of CSV and basin.yaml."""

from planner.formats.folder import inspect, read_basin, write_basin

__all__ = ["inspect", "read_basin", "write_basin"]
