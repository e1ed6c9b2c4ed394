"""Warns where a company's rows of one initiative differ in stage: their sums may be one.

The engine finds the first and the last stage of each company's initiative, among the rows that do
not link to others, as linked ones count once:

    initiative    company    first         last
    wells         acme       commitment    disbursement    <- warned of
    schools       acme       pledge        pledge

Only of those that are warned of, it then finds a row of each stage.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import attrs

from commonprosperity.dataset.double_counts import MIXED_AT_MOST, MixedStages, warn_of_mixed_stages
from commonprosperity.frames.engines import engine_failures_as_faults
from commonprosperity.frames.laid_out import LaidOutLedger
from commonprosperity.frames.ledger import Ledger
from commonprosperity.frames.linked import AnyLedger
from commonprosperity.frames.nw import nw
from commonprosperity.frames.partition import Partition
from commonprosperity.frames.reading import links
from commonprosperity.frames.stage_columns import StageColumns
from commonprosperity.records import Stage

if TYPE_CHECKING:
    from narwhals.dtypes import DType

    from commonprosperity.frames.nw import View

_STAGES = tuple(Stage)
_OWNER = ("initiative", "company")
_BETWEEN, _NULL = "\x1f", "\x1e"  # characters that no name has

Owner = tuple[str, str]
"""The names of an initiative and of a company, in lower case: two spellings of one are one."""


@attrs.frozen
class _StagedLedger:
    """A ledger of initiatives; ``places`` has where the stage of a word is among all stages.

    The place and the cells of a row are one text, with marks between them, such as "1 Wells Acme
    agreed", as the least of these texts has the first stage.
    """

    ledger: Ledger
    columns: Mapping[str, str]
    skipped: Mapping[str, Sequence[str]]
    places: Mapping[str, str]

    @classmethod
    def of(cls, ledger: AnyLedger) -> "_StagedLedger | None":
        """Return None where no column has initiatives."""
        found = StageColumns.of(ledger)
        if found.initiative is None:
            return None
        plain = ledger.ledger if isinstance(ledger, LaidOutLedger) else ledger
        cells = {"initiative": found.initiative, "company": found.company, "word": found.stage}
        columns = {key: name for key, name in cells.items() if name}
        by = tuple(dict.fromkeys([*columns.values(), *found.skipped]))
        plain = attrs.evolve(plain, roles=attrs.evolve(plain.roles, by=by, units=frozenset()))
        words = _words(plain, found.stage) if found.stage else {""}
        stages = {word: found.stage_of(word) for word in words}
        places = {word: str(_STAGES.index(stage)) for word, stage in stages.items() if stage}
        return cls(plain, columns, found.skipped, places)

    def ends(self, *, alone: bool) -> Iterator[tuple[Owner, str, str]]:
        """Go through the first and the last stage of each company's initiative.

        Where the ledger is ``alone``, only those of several stages are fetched.
        """

        def look(partition: Partition) -> list[tuple[str, str, str, str]]:
            ends = self._ends(partition)
            if alone:
                first, last = (nw.col(each).str.slice(0, 1) for each in ("first", "last"))
                ends = ends.filter(first != last)
            with engine_failures_as_faults(partition.place):
                return partition.engine.rows(ends)

        for _, rows in self.ledger.each(look):
            for initiative, company, first, last in rows:
                if initiative and first:
                    yield (initiative, company), first, last

    def _ends(self, partition: Partition) -> "View":
        columns = {key: nw.col(name) for key, name in self.columns.items()}
        # Texts are read once they are grouped, as there are far fewer groups than rows.
        groups = self._rows(partition).select(**columns).group_by(*columns).agg(rows=nw.len())
        schema = partition.view.collect_schema()
        cells = {key: _written(nw.col(key), schema[name]) for key, name in self.columns.items()}
        groups = groups.with_columns(**cells)
        texts = {key: nw.col(key).str.strip_chars().fill_null("") for key in self.columns}
        place = self._place(texts.get("word", nw.lit("")))
        written = (nw.col(key).fill_null(_NULL) for key in self.columns)
        staged = nw.concat_str(place, *written, separator=_BETWEEN)
        owner = {key: texts.get(key, nw.lit("")).str.to_lowercase() for key in _OWNER}
        groups = groups.select(**owner, first=staged, last=staged)
        ends = {"first": nw.col("first").min(), "last": nw.col("last").max()}
        return groups.group_by(*_OWNER).agg(**ends).select(*_OWNER, *ends)

    def ids(self, ends: Collection[str]) -> Iterator[tuple[str, str, str]]:
        """Go through the least and the greatest id of the rows that have the cells of some ends."""

        def look(partition: Partition) -> list[tuple[str | None, ...]]:
            id_ = partition.reading.ends
            if id_ is None:
                return []
            schema = partition.view.collect_schema()
            columns = {
                key: _written(nw.col(name), schema[name]) for key, name in self.columns.items()
            }
            # As they are written: stripped and in lower case, they would take seven times as long.
            ways = (reduce(and_, map(_is_cell, columns.values(), cells)) for cells in by_cells)
            rows = self._rows(partition).filter(~id_.value.is_null() & reduce(or_, ways))
            rows = rows.select(**columns, least=id_.value, greatest=id_.value)
            found = {"least": nw.col("least").min(), "greatest": nw.col("greatest").max()}
            groups = rows.group_by(*columns).agg(**found).select(*columns, *found)
            with engine_failures_as_faults(partition.place):
                return partition.engine.rows(groups)

        by_cells = {_cells(end): end for end in ends if len(_cells(end)) == len(self.columns)}
        for _, rows in self.ledger.each(look) if by_cells else ():
            for *cells, least, greatest in rows:
                yield by_cells[tuple(cells)], str(least), str(greatest)

    def _rows(self, partition: Partition) -> "View":
        """Return the rows that count, and have no link to another."""
        schema = partition.view.collect_schema()
        view = partition.view.filter(_is_unlinked(partition))
        for name, texts in self.skipped.items():
            text = _text(nw.col(name), schema[name]).str.to_lowercase()
            view = view.filter(~text.str.replace_all(r"\s+", " ").is_in(texts))
        return view

    def _place(self, word: "nw.Expr") -> "nw.Expr":
        """Return the place of the stage that a word means, null where it means none."""
        place = nw.lit(None, nw.String)
        for at in {*self.places.values()}:
            words = [word for word, other in self.places.items() if other == at]
            place = nw.when(word.is_in(words)).then(nw.lit(at)).otherwise(place)
        return place


def warn_of_stages(ledgers: Sequence[AnyLedger]) -> None:
    """Warn of the initiatives in which a company's rows are of several stages.

    This asks the engine for one more grouping, where a column has initiatives, and not all rows are
    of one stage; and for the ids of the rows that it warns of.
    """
    staged = [each for each in map(_StagedLedger.of, ledgers) if each is not None]
    if len({place for each in staged for place in each.places.values()}) < 2:  # noqa: PLR2004 (stages)
        return
    alone = len(staged) == 1 and not staged[0].ledger.opened.engine.is_in_partitions
    ends: dict[Owner, tuple[str, str]] = {}
    for each in staged:
        for owner, first, last in each.ends(alone=alone):
            least, most = ends.get(owner, (first, last))
            ends[owner] = min(first, least), max(last, most)
    mixed = sorted(owner for owner, (first, last) in ends.items() if first[0] != last[0])
    examples = [ends[owner] for owner in mixed[:MIXED_AT_MOST]]
    ids: dict[str, tuple[str, str]] = {}
    for each in staged if examples else ():
        for end, least, most in each.ids({end for ends in examples for end in ends}):
            known = ids.get(end, (least, most))
            ids[end] = min(least, known[0]), max(most, known[1])
    warn_of_mixed_stages([_mixed_stages(*ends, ids) for ends in examples], len(mixed))


def _mixed_stages(first: str, last: str, ids: Mapping[str, tuple[str, str]]) -> MixedStages:
    initiative, *_ = _cells(first)
    one, _ = ids.get(first, ("a row", ""))
    _, other = ids.get(last, ("", "another"))
    stage, other_stage = (_STAGES[int(end[0])] for end in (first, last))
    return MixedStages(str(initiative).strip(), one, stage, other, other_stage)


def _cells(end: str) -> tuple[str | None, ...]:
    """Return the cells of the rows at an end."""
    _, *cells = end.split(_BETWEEN)
    return tuple(None if cell == _NULL else cell for cell in cells)


def _words(ledger: Ledger, stage: str) -> set[str]:
    """Return the words of a column of stages."""

    def look(partition: Partition) -> set[str]:
        type_ = partition.view.collect_schema()[stage]
        words = partition.view.select(word=nw.col(stage)).group_by("word").agg(rows=nw.len())
        with engine_failures_as_faults(partition.place):
            rows = partition.engine.rows(words.select(_text(nw.col("word"), type_)))
        return {word for (word,) in rows}

    return set().union(*(words for _, words in ledger.each(look)))


def _text(column: "nw.Expr", type_: "DType") -> "nw.Expr":
    """Return the cells of a column as texts, nothing where one is blank."""
    return links(column, type_).value.fill_null("")


def _written(column: "nw.Expr", type_: "DType") -> "nw.Expr":
    """Return the cells of a column as texts, with the spaces around them."""
    return column if isinstance(type_, nw.String) else links(column, type_).value


def _is_cell(column: "nw.Expr", cell: str | None) -> "nw.Expr":
    return column.is_null() if cell is None else column == cell


def _is_unlinked(partition: Partition) -> "nw.Expr":
    """Whether a row has an amount, and no link to another."""
    is_unlinked = ~partition.reading.amount.value.is_null()
    for link in partition.reading.links:
        is_unlinked &= link.value.is_null()
    return is_unlinked
