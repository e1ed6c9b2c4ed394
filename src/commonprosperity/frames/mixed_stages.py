"""Warns where a company's rows of one initiative differ in stage: their sums may be one.

The engine finds the first and the last stage of each company's initiative, among the rows that do
not link to others, as linked ones count once:

    initiative    company    first         last
    wells         Acme       commitment    disbursement    <- warned of
    schools       Acme       pledge        pledge
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from commonprosperity.dataset.double_counts import MIXED_AT_MOST, MixedStages, warn_of_mixed_stages
from commonprosperity.flat import heading, words_of
from commonprosperity.frames.engines import engine_failures_as_faults
from commonprosperity.frames.laid_out import LaidOutLedger
from commonprosperity.frames.ledger import Ledger
from commonprosperity.frames.linked import AnyLedger
from commonprosperity.frames.nw import nw
from commonprosperity.frames.partition import Partition
from commonprosperity.frames.reading import links
from commonprosperity.layout import Layout, stage_by
from commonprosperity.records import Stage

if TYPE_CHECKING:
    from narwhals.dtypes import DType

    from commonprosperity.frames.nw import View

_STAGES = tuple(Stage)
_BY_WORD = {word: stage for stage in Stage for word in words_of("stage", stage)}
_BY_WORD[""] = Stage.PLEDGE

Owner = tuple[str, str]
"""What a row has in its columns of initiatives and of companies."""


@attrs.frozen
class _Columns:
    """The columns of initiatives, companies and stages.

    ``stage_of`` says which stage a word means, and the word "" of a blank cell. Where no column has
    stages, all rows are of the latter.
    """

    initiative: str | None
    company: str | None
    stage: str | None
    stage_of: Callable[[str], Stage | None]

    @classmethod
    def of(cls, ledger: AnyLedger) -> "_Columns":
        """Find the columns; those of a layout that joins several for one of them are none."""
        if isinstance(ledger, LaidOutLedger):
            return cls._of_layout(ledger.layout, ledger.native, ledger.amount)
        by_heading = {heading(name): name for name in ledger.opened.alone}
        columns = {field: by_heading.get(field) for field in ("initiative", "company", "stage")}
        return cls(**columns, stage_of=_BY_WORD.get)

    @classmethod
    def _of_layout(cls, layout: Layout, native: Mapping[str, str], amount: str) -> "_Columns":
        def column(field: str) -> str | None:
            headings = layout.headings.get(field, ())
            return native.get(headings[0]) if len(headings) == 1 else None

        def stage_of(word: str) -> Stage | None:
            return stage_by(layout, amount, word)

        return cls(column("initiative"), column("company"), column("stage"), stage_of)


@attrs.frozen
class _StagedLedger:
    """A ledger of initiatives; ``places`` has where the stage of a word is among all stages.

    The place and an id behind it are one text, such as "1acme-7", as the least of these texts has
    the first stage, and an id of it.
    """

    ledger: Ledger
    initiative: str
    company: str | None
    stage: str | None
    places: Mapping[str, str]

    @classmethod
    def of(cls, ledger: AnyLedger) -> "_StagedLedger | None":
        """Return None where no column has initiatives."""
        columns = _Columns.of(ledger)
        if columns.initiative is None:
            return None
        plain = ledger.ledger if isinstance(ledger, LaidOutLedger) else ledger
        names = (columns.initiative, columns.company, columns.stage)
        by = tuple(dict.fromkeys(name for name in names if name))
        plain = attrs.evolve(plain, roles=attrs.evolve(plain.roles, by=by, units=frozenset()))
        words = _words(plain, columns.stage) if columns.stage else {""}
        stages = {word: columns.stage_of(word) for word in words}
        places = {word: str(_STAGES.index(stage)) for word, stage in stages.items() if stage}
        return cls(plain, columns.initiative, columns.company, columns.stage, places)

    def ends(self, *, alone: bool) -> Iterator[tuple[Owner, str, str]]:
        """Yield the first and the last stage of each company's initiative, each with an id.

        Where the ledger is ``alone``, only those of several stages are fetched.
        """

        def look(partition: Partition) -> list[tuple[Any, ...]]:
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
        cells = {"initiative": self.initiative, "company": self.company, "word": self.stage}
        columns = {key: name for key, name in cells.items() if name}
        id_ = partition.reading.ends
        ids = {} if id_ is None else dict.fromkeys(("first", "last"), id_.value.fill_null(""))
        view = partition.view.filter(_is_unlinked(partition))
        view = view.select(**{key: nw.col(name) for key, name in columns.items()}, **ids)
        # Texts are read once they are grouped, as there are far fewer groups than rows.
        ends = {"first": nw.col("first").min(), "last": nw.col("last").max()}
        of_ids = {end: ends[end] for end in ids}
        groups = view.group_by(*columns).agg(**of_ids, rows=nw.len())
        schema = partition.view.collect_schema()
        texts = {key: _text(nw.col(key), schema[name]) for key, name in columns.items()}
        # Not as a column of rows: in Polars the least of two million blanks takes 0.3 s.
        blanks = {key: nw.lit("") for key in ("company", *ends) if key not in columns | ids}
        groups = groups.with_columns(**blanks, **texts)
        staged = {end: nw.concat_str(self._place(), nw.col(end)) for end in ends}
        groups = groups.select("initiative", "company", **staged)
        groups = groups.group_by("initiative", "company").agg(**ends)
        return groups.select("initiative", "company", *ends)

    def _place(self) -> "nw.Expr":
        """Return the place of a row's stage, null where its word means none."""
        if self.stage is None:
            return nw.lit(self.places[""])
        place = nw.lit(None, nw.String)
        for at in {*self.places.values()}:
            words = [word for word, other in self.places.items() if other == at]
            place = nw.when(nw.col("word").is_in(words)).then(nw.lit(at)).otherwise(place)
        return place


def warn_of_stages(ledgers: Sequence[AnyLedger]) -> None:
    """Warn of the initiatives in which a company's rows are of several stages.

    This asks the engine for one more grouping, where a column has initiatives, and not all rows are
    of one stage.
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
    mixed = {owner: pair for owner, pair in ends.items() if pair[0][0] != pair[1][0]}
    examples = [_mixed_stages(owner, *mixed[owner]) for owner in sorted(mixed)[:MIXED_AT_MOST]]
    warn_of_mixed_stages(examples, len(mixed))


def _mixed_stages(owner: Owner, first: str, last: str) -> MixedStages:
    one, other = (_STAGES[int(end[0])] for end in (first, last))
    return MixedStages(owner[0], first[1:] or "a row", one, last[1:] or "another", other)


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


def _is_unlinked(partition: Partition) -> "nw.Expr":
    """Whether a row has an amount, and no link to another."""
    is_unlinked = ~partition.reading.amount.value.is_null()
    for link in partition.reading.links:
        is_unlinked &= link.value.is_null()
    return is_unlinked
