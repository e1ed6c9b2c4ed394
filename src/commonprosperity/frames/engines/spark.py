"""Spark, in its ANSI mode and in the other."""

from datetime import date
from typing import TYPE_CHECKING

from commonprosperity.extras import needed
from commonprosperity.frames.engines.engine import Engine
from commonprosperity.frames.nw import nw, view_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from commonprosperity.frames.nw import View

_ROW_BITS = 33  # of a number that Spark gives a row, the lower ones; the others are its partition's


class Spark(Engine["DataFrame"]):
    """A dataframe of Spark, whose overflow is an error in its ANSI mode."""

    raises_on_overflow = True
    ignores_case = True

    def owns(self, frame: object) -> bool:
        """Whether a dataframe is of Spark, by way of its own process or of a server."""
        known = nw.dependencies
        return known.is_pyspark_dataframe(frame) or known.is_pyspark_connect_dataframe(frame)

    def names(self, frame: "DataFrame") -> list[str]:
        """Return the names of all columns."""
        names: list[str] = frame.columns
        return names

    def literal(self, day: date) -> "nw.Expr":
        """Return a day as an expression: PySpark writes the year 1 as 1-01-01, and fails."""
        return nw.lit(day.isoformat()).cast(nw.Date)

    def numbered(self, view: "View", name: str) -> "View":
        """Return a view with the numbers of its rows.

        A row's number is how many the partitions before its own have, and where it is in its own.
        Spark's own way is a window over all rows, for which it moves them into one partition.
        """
        frame: DataFrame = view.to_native()
        functions = needed("pyspark.sql.functions")
        partition, in_it = functions.spark_partition_id(), functions.monotonically_increasing_id()
        heights = frame.groupBy(partition.alias("partition")).count().orderBy("partition").collect()
        starts, start = [], 0
        for at, height in heights:
            starts += [functions.lit(at), functions.lit(start)]
            start += height
        before = functions.create_map(*starts)[partition] if starts else functions.lit(0)
        number = before + in_it.bitwiseAND((1 << _ROW_BITS) - 1)
        return view_of(frame.withColumn(name, number))
