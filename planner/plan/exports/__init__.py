"""A plan's tables as files: CSV, Parquet, Arrow, workbook, map."""
