"""``Finding`` and ``Findings``: what a check reports."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import overload

import attrs

from commonprosperity.money import Money
from commonprosperity.sentence import Sentence
from commonprosperity.table import Column, Table, TableDisplay


class Severity(StrEnum):
    """How much a finding weighs: an error is wrong, a warning may be, an info is for knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_NAMES = {
    Severity.ERROR: Sentence("error"),
    Severity.WARNING: Sentence("warning"),
    Severity.INFO: Sentence("info"),
}


@attrs.frozen
class Finding:
    """One thing that a check found: how grave it is, and in which records and figures."""

    severity: Severity
    code: str
    ids: tuple[str, ...]
    message: Sentence
    figures: tuple[Money, ...] = ()

    @property
    def sentence(self) -> Sentence:
        """The finding on one line: how grave it is, and what it says."""
        return Sentence("{part:say}: {rest:say}", part=_NAMES[self.severity], rest=self.message)


def _together(ids: tuple[str, ...]) -> str:
    """Put ids into one cell; one alone stays as it is: "line 11" of an article is a `Sentence`."""
    return ids[0] if len(ids) == 1 else " ".join(ids)


def _tuple(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    weight = [*Severity]
    return tuple(sorted(findings, key=lambda one: (weight.index(one.severity), one.code, one.ids)))


@attrs.frozen(repr=False)
class Findings(TableDisplay, Sequence[Finding]):
    """The findings of a check, the gravest first; no findings are falsy.

    ``nothing`` is the sentence for a table without a finding: it says how much was checked.
    """

    _findings: tuple[Finding, ...] = attrs.field(converter=_tuple)
    nothing: Sentence = attrs.field(default=Sentence("nothing found"), eq=False)

    @classmethod
    def of_pledges(cls, findings: Iterable[Finding], pledges: int) -> "Findings":
        """Collect the findings of a check of some pledges.

        >>> print(Findings.of_pledges([], 8))
        8 pledges checked, nothing found
        """
        if pledges == 1:
            return cls(findings, Sentence("1 pledge checked, nothing found"))
        count = f"{pledges:,}"
        return cls(findings, Sentence("{count} pledges checked, nothing found", count=count))

    @property
    def at_fault(self) -> bool:
        """Whether there is an error or a warning among them."""
        return any(finding.severity is not Severity.INFO for finding in self)

    def table(self, *, locale: str = "en") -> Table:
        """Show the findings, or say that there is none; in Chinese to Chinese readers."""
        columns = [Column("severity"), Column("code"), Column("records"), Column("finding")]
        rows = [(_NAMES[one.severity], one.code, _together(one.ids), one.message) for one in self]
        return Table(columns, rows, title="" if self else self.nothing).in_locale(locale)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> "Findings": ...
    def __getitem__(self, index: int | slice) -> "Finding | Findings":
        if isinstance(index, slice):
            return Findings(self._findings[index], self.nothing)
        return self._findings[index]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def __len__(self) -> int:
        return len(self._findings)

    def __repr__(self) -> str:
        return str(self.title)

    @property
    def title(self) -> Sentence:
        """How many of each severity there are."""
        counts = {str(one): sum(each.severity is one for each in self) for one in Severity}
        return Sentence("Findings: {error} error, {warning} warning, {info} info", **counts)

    def _notebook_table(self) -> Table:
        return attrs.evolve(self.table(), title=self.title) if self else self.table()
