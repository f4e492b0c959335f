"""Times the work of the grid in Polars and DuckDB, on the table that the benchmark wrote.

    python3 peers.py TABLE.csv

Prints one JSON object: for each peer its version and the median of each work in milliseconds. What is timed is the
work on a table that is in memory already; reading the file is not.
"""

import json
import sys

from timing import median


def polars(path):
    import polars as pl

    table = pl.read_csv(path, try_parse_dates=True).with_row_index("row")
    country, best, title = pl.col("country"), pl.col("best"), pl.col("title")
    return {
        "version": pl.__version__,
        "filter": median(lambda: table.filter((country == "Country 7") & (best > 10))["row"]),
        "number": median(lambda: table.select(pl.arg_sort_by("best"))),
        "text": median(lambda: table.select(pl.arg_sort_by("title"))),
        "word": median(lambda: table.filter(title.str.contains("ambush", literal=True))["row"]),
        "months": median(
            lambda: table.group_by(pl.col("date").dt.truncate("1mo")).agg(pl.col("low", "best", "high").sum()).sort("date")
        ),
        "groups": median(lambda: polars_groups(pl, table)),
        "half": median(
            lambda: table.filter(pl.col("row") % 2 == 0)
            .group_by(pl.col("date").dt.truncate("1mo"))
            .agg(pl.col("low", "best", "high").sum())
            .sort("date")
        ),
    }


def polars_groups(pl, table):
    """Monthly sums of the five largest countries and of all others together."""
    largest = table.group_by("country").agg(pl.col("best").sum()).top_k(5, by="best")["country"]
    group = pl.when(pl.col("country").is_in(largest.implode())).then(pl.col("country")).otherwise(pl.lit("other"))
    keys = [pl.col("date").dt.truncate("1mo"), group.alias("group")]
    return table.group_by(keys).agg(pl.col("low", "best", "high").sum()).sort("date", "group")


def duckdb(path):
    import duckdb as db

    at = db.connect()
    at.execute("SET preserve_insertion_order = true")
    at.execute(f"CREATE TABLE t AS SELECT row_number() OVER () AS row, * FROM read_csv('{path}')")

    def asks(query):
        return median(lambda: at.execute(query).fetchnumpy())

    return {
        "version": db.__version__,
        "filter": asks("SELECT row FROM t WHERE country = 'Country 7' AND best > 10"),
        "number": asks("SELECT row FROM t ORDER BY best"),
        "text": asks("SELECT row FROM t ORDER BY title"),
        "word": asks("SELECT row FROM t WHERE contains(title, 'ambush')"),
        "months": asks(
            "SELECT date_trunc('month', date) AS month, sum(low), sum(best), sum(high) FROM t GROUP BY 1 ORDER BY 1"
        ),
        "groups": asks(
            "WITH largest AS (SELECT country FROM t GROUP BY 1 ORDER BY sum(best) DESC NULLS LAST LIMIT 5) "
            "SELECT date_trunc('month', date) AS month, "
            "CASE WHEN country IN (SELECT country FROM largest) THEN country ELSE 'other' END AS part, "
            "sum(low), sum(best), sum(high) FROM t GROUP BY 1, 2 ORDER BY 1, 2"
        ),
        "half": asks(
            "SELECT date_trunc('month', date) AS month, sum(low), sum(best), sum(high) FROM t "
            "WHERE row % 2 = 0 GROUP BY 1 ORDER BY 1"
        ),
    }


def main():
    found = {}
    for name, peer in (("Polars", polars), ("DuckDB", duckdb)):
        try:
            found[name] = peer(sys.argv[1])
        except ImportError:
            print(f"{name} is not installed: skipped", file=sys.stderr)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
