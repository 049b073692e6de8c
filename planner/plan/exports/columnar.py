"""A table as Arrow's stream, in pieces; Parquet is `planner.formats.arrow.parquet_bytes`.

Each field says its title and unit in its metadata.
"""

import io
from collections.abc import Iterator
from typing import Final

import pyarrow as pa
import pyarrow.ipc

ROWS_IN_A_PIECE: Final = 65_536


def arrow_pieces(table: pa.Table) -> Iterator[bytes]:
    """The table as an Arrow IPC stream, piece by piece."""
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        for batch in table.to_batches(max_chunksize=ROWS_IN_A_PIECE):
            writer.write_batch(batch)
            yield _taken(sink)
    yield _taken(sink)


def _taken(sink: io.BytesIO) -> bytes:
    """What was written since the last piece."""
    piece = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return piece
