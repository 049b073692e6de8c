"""Files ↔ basin: a folder of CSV and basin.yaml, a ZIP archive of the same, a JSON document, an XLSX workbook."""

from planner.formats.folder import inspect, read_basin, write_basin

__all__ = ["inspect", "read_basin", "write_basin"]
