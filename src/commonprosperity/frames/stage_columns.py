"""``StageColumns``: the columns of a ledger that have initiatives, companies and stages."""

from collections.abc import Callable, Mapping, Sequence

import attrs

from commonprosperity.flat import heading, words_of
from commonprosperity.frames.laid_out import LaidOutLedger
from commonprosperity.frames.linked import AnyLedger
from commonprosperity.layout import Layout, folded, stage_by
from commonprosperity.records import Stage

_BY_WORD = {word: stage for stage in Stage for word in words_of("stage", stage)}
_BY_WORD[""] = Stage.PLEDGE


@attrs.frozen
class StageColumns:
    """The columns of initiatives, companies and stages.

    ``stage_of`` says which stage a word means, and the word "" of a blank cell. Where no column has
    stages, all rows are of the latter. ``skipped`` are the texts by which a layout skips rows, of
    each column that has some.
    """

    initiative: str | None
    company: str | None
    stage: str | None
    stage_of: Callable[[str], Stage | None]
    skipped: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, ledger: AnyLedger) -> "StageColumns":
        """Find the columns; those of a layout that joins several for one of them are none."""
        if isinstance(ledger, LaidOutLedger):
            return cls._of_layout(ledger.layout, ledger.native, ledger.amount)
        by_heading = {heading(name): name for name in ledger.opened.alone}
        columns = {field: by_heading.get(field) for field in ("initiative", "company", "stage")}
        return cls(**columns, stage_of=_BY_WORD.get, skipped={})

    @classmethod
    def _of_layout(cls, layout: Layout, native: Mapping[str, str], amount: str) -> "StageColumns":
        def column(field: str) -> str | None:
            headings = layout.headings.get(field, ())
            return native.get(headings[0]) if len(headings) == 1 else None

        def stage_of(word: str) -> Stage | None:
            return stage_by(layout, amount, word)

        skipped = {
            name: [*map(folded, texts)]
            for field, texts in layout.skip.items()
            if field != "stage" and (name := column(field)) is not None
        }
        return cls(column("initiative"), column("company"), column("stage"), stage_of, skipped)
