"""Times writing the table of the benchmark as CSV in Polars, pandas and DuckDB.

    python3 export.py TABLE.csv

Prints one JSON object: for each peer its version and the median in seconds. The table is in memory already; the file is
forced to the disk, as Dateline does.
"""

import json
import os
import statistics
import sys
import tempfile
import time


def median(write, times=5):
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "out.csv")
        for _ in range(times):
            start = time.perf_counter()
            write(path)
            with open(path, "rb+") as file:
                os.fsync(file.fileno())
            taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def polars(path):
    import polars as pl

    table = pl.read_csv(path, infer_schema_length=None)
    return {"version": pl.__version__, "csv": median(table.write_csv)}


def pandas(path):
    import pandas as pd

    table = pd.read_csv(path, low_memory=False)
    return {"version": pd.__version__, "csv": median(lambda out: table.to_csv(out, index=False), 3)}


def duckdb(path):
    import duckdb as db

    at = db.connect()
    at.execute("CREATE TABLE t AS SELECT * FROM read_csv(?, sample_size=-1)", [path])
    return {"version": db.__version__, "csv": median(lambda out: at.execute(f"COPY t TO '{out}' (HEADER)"))}


found = {}
for peer in (polars, pandas, duckdb):
    try:
        found[peer.__name__] = peer(sys.argv[1])
    except ImportError:
        pass
print(json.dumps(found))
