"""Ids that stand in more than one row, of all the dataframes that are added up together."""

from collections.abc import Sequence
from os.path import commonpath
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from commonprosperity.errors import DatasetError, Fault
from commonprosperity.frames.engines import Engine, engine_failures_as_faults
from commonprosperity.frames.faults import EXAMPLES_AT_MOST, count_of
from commonprosperity.frames.ledger import Ledger
from commonprosperity.frames.nw import nw
from commonprosperity.frames.partition import Partition
from commonprosperity.frames.reading import UnreadableTypeError, groups
from commonprosperity.quoting import label
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from commonprosperity.frames.nw import View

_WAY_OUT = Sentence("leave the copies out, or give id=None if rows need no id of their own")


def refuse_repeated_ids(ledgers: Sequence[Ledger]) -> None:
    """Raise `DatasetError` where an id stands in more than one row, in one ledger or in several."""
    ledgers = [ledger for ledger in ledgers if ledger.roles.id is not None]
    if not ledgers:
        return
    engine, title = ledgers[0].opened.engine, str(ledgers[0].roles.id)
    place = commonpath([ledger.place for ledger in ledgers])
    try:
        columns = [_ids(ledger) for ledger in ledgers]
    except UnreadableTypeError:
        return  # an error names it with the types of the other columns
    with engine_failures_as_faults(place):
        repeated = _repeated(columns, engine)
        most = repeated.sort("rows", "id", descending=[True, False]).head(EXAMPLES_AT_MOST + 1)
        examples = engine.rows(most.select("id", "rows"))
        faults = [
            Fault("", title, _problem(ledgers, id_, rows), place)
            for id_, rows in examples[:EXAMPLES_AT_MOST]
        ]
        if len(examples) > EXAMPLES_AT_MOST:
            sums = repeated.select(nw.len().alias("ids"), nw.col("rows").sum())
            ((ids, rows),) = engine.rows(sums)
            rows -= sum(rows for _, rows in examples[:EXAMPLES_AT_MOST])
            problem = Sentence(
                "has {count} more values that repeat ({rows} rows)",
                count=f"{ids - EXAMPLES_AT_MOST:,}", rows=f"{rows:,}",
            )  # fmt: skip
            faults.append(Fault("", title, problem, place))
        if faults:
            raise DatasetError(tuple(faults))


def _repeated(columns: "list[View]", engine: Engine[Any]) -> "View":
    """Return each id that stands in more than one row, and in how many it does."""
    if len({column.collect_schema()["id"] for column in columns}) > 1:
        columns = [column.select(nw.col("id").cast(nw.String)) for column in columns]
    ids = engine.one_below_another(columns)
    counted = ids.filter(~nw.col("id").is_null()).group_by("id").agg(rows=nw.len())
    return counted.filter(nw.col("rows") > 1)


def _ids(ledger: Ledger) -> "View":
    """Return the ids of a ledger, without those that are blank."""
    name = str(ledger.roles.id)
    with engine_failures_as_faults(ledger.place):
        view = ledger.opened.engine.values(ledger.opened.frame, name, ledger.place)
        type_ = view.collect_schema()[name]
    literal = ledger.opened.engine.literal
    ids = view.select(id=groups(nw.col(name), type_, literal).value)
    if isinstance(ids.collect_schema()["id"], nw.String):
        engine = ledger.opened.engine
        ids = engine.composed(ids.filter(nw.col("id").str.strip_chars() != ""), "id")
    return ids


def _problem(ledgers: Sequence[Ledger], id_: object, rows: int) -> Sentence:
    """Say which rows have an id, and of several files, in which of them they are."""
    forms: list[object] = [id_]
    if isinstance(id_, str):
        forms = [*{normalize("NFC", id_), normalize("NFD", id_)}]

    def found_by(partition: Partition) -> "nw.Expr":
        id_of_row = partition.reading.id
        if id_of_row is None:
            return nw.lit(False)  # noqa: FBT003 (a value)
        return id_of_row.value.is_in(forms)

    numbers = [
        f"{Path(ledger.place).name} {row}" if len(ledgers) > 1 else str(row)
        for ledger in ledgers
        for (found,) in [ledger.first_rows([found_by], EXAMPLES_AT_MOST)]
        for row in found
    ]
    return Sentence(
        "{id} repeats; {way_out:say} {rows:say}",
        id=label(str(id_)), way_out=_WAY_OUT, rows=count_of(rows, numbers),
    )  # fmt: skip
