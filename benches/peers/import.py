"""Times reading a table of UCDP GED from its file in Polars, pandas and DuckDB.

    python3 import.py TABLE.csv

Prints one JSON object: for each peer its version, the median of reading every row with its types ("read"), and of
reading and summing low, best and high by month ("months"), in milliseconds. The file is in the system's cache.
"""

import json
import sys

from timing import median


def polars(path):
    import polars as pl

    def read():
        return pl.read_csv(path, try_parse_dates=True, infer_schema_length=10_000)

    def months():
        day = pl.col("date_start").cast(pl.String).str.slice(0, 7)
        return read().group_by(day).agg(pl.col("low", "best", "high").sum()).sort("date_start")

    return {"version": pl.__version__, "read": median(read, 3), "months": median(months, 3)}


def pandas(path):
    import pandas as pd

    def read():
        # The quicker engine of pandas cannot read fields with line ends in them.
        return pd.read_csv(path, low_memory=False)

    def months():
        table = read()
        return table.groupby(table["date_start"].astype(str).str[:7])[["low", "best", "high"]].sum()

    return {"version": pd.__version__, "read": median(read, 1), "months": median(months, 1)}


def duckdb(path):
    import duckdb as db

    def read():
        with db.connect() as at:
            at.execute(f"CREATE TABLE t AS SELECT * FROM read_csv('{path}')")

    def months():
        with db.connect() as at:
            at.execute(f"CREATE TABLE t AS SELECT * FROM read_csv('{path}')")
            at.execute(
                "SELECT strftime(date_start, '%Y-%m'), sum(low), sum(best), sum(high) FROM t GROUP BY 1 ORDER BY 1"
            ).fetchall()

    return {"version": db.__version__, "read": median(read, 3), "months": median(months, 3)}


def main():
    found = {}
    for name, peer in (("Polars", polars), ("pandas", pandas), ("DuckDB", duckdb)):
        try:
            found[name] = peer(sys.argv[1])
        except ImportError:
            print(f"{name} is not installed: skipped", file=sys.stderr)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
