"""``Totals``: the totals of groups of pledges, which add up to the whole exactly."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

import attrs

from commonprosperity.counting import Counting
from commonprosperity.errors import RecordError, SharedNameError
from commonprosperity.messages import in_language
from commonprosperity.period import Period
from commonprosperity.records import Company, Initiative, Record
from commonprosperity.records.fields import composed_key
from commonprosperity.records.labels import STAGE_COLUMNS, VALUES
from commonprosperity.records.names import names
from commonprosperity.records.namesakes import same
from commonprosperity.sentence import Bilingual, Sentence, together
from commonprosperity.table import Column, Kind, Table, TableDisplay, Tabular
from commonprosperity.totals.base import TOTAL, BaseTotal, in_currency
from commonprosperity.totals.calendar import CALENDAR_UNITS, TIMES, in_order
from commonprosperity.totals.conversion import Conversion
from commonprosperity.totals.group_sums import GroupSums
from commonprosperity.totals.grouped import Grouped
from commonprosperity.totals.keys import By, names_and_key
from commonprosperity.totals.others import Others
from commonprosperity.totals.total import Total

AnyTotal = TypeVar("AnyTotal", bound=BaseTotal)

_FIELDS_WITH_NAMES = frozenset({"company", "initiative"})
_IN_TWO_LANGUAGES = frozenset({"funder", "recipient"})
_NONE_IS_GIVEN = "–"


@attrs.frozen(repr=False)
class Totals(Grouped[AnyTotal], TableDisplay, Tabular):
    """The totals of groups, which add up to ``grand`` exactly.

    Years, months and dates come in their order, and the largest of each first; of other groups the
    largest come first. A group is the value of the field that it was made by, None where the field
    is empty, and a tuple for several fields. ``by`` names the fields; ``records`` are those that
    the pledges link to, by id: the companies, initiatives and sources. ``notes`` say what was left
    out.
    """

    grand: AnyTotal
    by: tuple[str, ...]
    groups: Mapping[Any, AnyTotal]
    records: Mapping[str, Record] = attrs.field(factory=dict, eq=False)
    _several: bool = False
    _times: frozenset[str] = TIMES
    notes: tuple[Sentence, ...] = attrs.field(default=(), eq=False)

    def with_notes(self, notes: Iterable[Sentence]) -> "Totals[AnyTotal]":
        """Return the totals with notes of what was left out, which stand below their table."""
        return attrs.evolve(self, notes=(*self.notes, *notes))

    @classmethod
    def of(cls, grand: Total, by: "By", records: Mapping[str, Record]) -> "Totals[Total]":
        """Take a total apart by fields of its pledges, by year or month, or by a function.

        Raises `FieldError` for a name that is no field of a pledge.
        """
        titles, key = names_and_key(by, records)
        return Totals(grand, titles, grand.split_by(key), records, _is_several(by)).in_order()

    @classmethod
    def counted(
        cls, counting: Counting, conversion: Conversion, by: "By", records: Mapping[str, Record]
    ) -> "Totals[Total]":
        """Add up what counts, in groups and altogether, as `of` takes the total of it apart."""
        titles, key = names_and_key(by, records)
        grand, groups = Total.with_groups(counting, conversion, records, key)
        return Totals(grand, titles, groups, records, _is_several(by)).in_order()

    def in_order(self) -> "Totals[AnyTotal]":
        """Return the totals with their groups in order: times in theirs, others the largest first.

        Where groups come to one sum, they are in the order of their texts.
        """
        exact = {group: total.exact for group, total in self.groups.items()}
        order = in_order(exact, self.by, self._times, several=self._several)
        return attrs.evolve(self, groups={group: self.groups[group] for group in order})

    @property
    def shares(self) -> dict[Any, Fraction]:
        """Each group's share of the grand total, exactly; 0 where that is nothing."""
        whole = self.grand.exact
        return {group: total.exact / whole if whole else whole for group, total in self.items()}

    def table(self, *others: "Totals[Any]", locale: str = "en") -> Table:
        """Show each group's stages, what others than the company pay, its total and its share.

        Where amounts are not firm, the least and the most that each group may be stand beside; they
        are blank where a rate that they need is not known. Totals of the same groups in other
        currencies are shown in their place. Readers of a Chinese locale get it in Chinese.
        """
        stages = [*self.grand.by_stage] if len(self.grand.by_stage) > 1 else []
        payers = [] if self.grand.paid_by_others is None else [Sentence("paid by others")]
        bounded = not others and not all(each.is_firm for each in (self.grand, *self.values()))
        bounds_of = [Sentence("at least"), Sentence("at most")] if bounded else []
        columns = [
            *map(Column, self.by),
            *(
                Column(name, Kind.AMOUNT)
                for name in [*(STAGE_COLUMNS[stage] for stage in stages), *payers]
            ),
            in_currency(self.grand.currency),
            *(Column(name, Kind.AMOUNT) for name in bounds_of),
            Column("share", Kind.SHARE),
            *(in_currency(other.grand.currency) for other in others),
        ]

        def cells(total: AnyTotal, share: Fraction | None, beside: Iterable[Total]) -> list[Any]:
            by_stage = total.by_stage
            by_others = [total.paid_by_others] * len(payers)
            numbers = [*map(by_stage.get, stages), *by_others, total.amount]
            bounds = [_lower(total), _upper(total)] if bounded else []
            return [
                *(money.amount if money else None for money in numbers),
                *bounds, share, *(other.amount.amount for other in beside),
            ]  # fmt: skip

        rows = [
            [
                *self.bilingual_names_of(group),
                *cells(total, self.shares[group], [o[group] for o in others]),
            ]
            for group, total in self.items()
        ]
        grand: list[Any] = [TOTAL, *[None] * (len(self.by) - 1)]
        whole = Fraction(1) if self.grand.exact else None
        grand += cells(self.grand, whole, [other.grand for other in others])
        note = self._note(bounded=bounded)
        table = Table(columns, rows, [grand], title=self.grand.in_prices, note=note)
        return table.in_locale(locale)

    def _note(self, *, bounded: bool) -> Sentence:
        """Return what stands below the table, whether it has the bounds of the groups or not."""
        unknown = bounded and any(each.unknown_bounds for each in (self.grand, *self.values()))
        blank = Sentence("a blank bound is not known, as a rate that it needs is not")
        return together([*self.notes_of_names, *([blank] if unknown else []), *self.notes])

    def pivot(self, *, locale: str = "en") -> Table:
        """Lay the last of several fields out across, and the others down, with the sums of both.

        >>> from commonprosperity.data import load
        >>> print(load().totals("CNY", by=("company", "stage")).pivot())
        Amounts in billions
        <BLANKLINE>
        Company     Pledge  Disbursement  Total CNY
        ---------  -------  ------------  ---------
        Tencent    100.000         4.169    104.169
        Alibaba    100.000                  100.000
        Pinduoduo   10.000                   10.000
        ---------  -------  ------------  ---------
        total      210.000         4.169    214.169

        Raises `RecordError` for totals by a single field.
        """
        return self._with_captions(self._sums().pivot()).in_locale(locale)

    def cumulative(self, *, locale: str = "en") -> Table:
        """Lay what groups come to, and what they have come to until then, out along time.

        Time is the last field that is one, such as ``"year"``; each value of the other fields has a
        course of its own. What is only known by its year comes at the end of the year's months, and
        what has no time last. Raises `RecordError` where no field is a time.
        """
        return self._with_captions(self._sums().cumulative()).in_locale(locale)

    def _with_captions(self, table: Table) -> Table:
        """Say in which year's prices a table is, and what its dash means."""
        return attrs.evolve(table, title=self.grand.in_prices, note=together(self.notes_of_names))

    def _sums(self) -> GroupSums:
        exact = {
            tuple(value for _, value in self.values_of(group)): total.exact
            for group, total in self.items()
        }
        return GroupSums(exact, self.by, self._times, self.grand.currency, self._name_of)

    def top(self, number: int) -> "Totals[AnyTotal]":
        """Return the largest groups, and all the others as one (`Others`), which comes last.

        Of several fields, they are the largest by the first that is no time: the three largest
        companies, year by year.

        >>> from commonprosperity.data import load
        >>> top = load().totals("CNY", by="company").top(1)
        >>> [(*top.names_of(group), total.amount.words()) for group, total in top.items()]
        [('Tencent', '104.169 billion CNY'), ('2 others', '110 billion CNY')]

        Raises `RecordError` for a number below 1.
        """
        if not isinstance(number, int) or number < 1:
            raise RecordError("top", number, Sentence("is no number of groups; give 1 or more"))
        at = next((at for at, field in enumerate(self.by) if field not in self._times), 0)
        exact = self._sums().only([at]).exact
        others = {value for (value,) in sorted(exact, key=lambda key: -exact[key])[number:]}
        groups: dict[Any, list[AnyTotal]] = {}
        for group, total in self.items():
            values = [value for _, value in self.values_of(group)]
            values[at] = Others(len(others)) if values[at] in others else values[at]
            groups.setdefault(tuple(values) if self._several else values[0], []).append(total)
        together = {group: first.joined(rest) for group, (first, *rest) in groups.items()}
        return attrs.evolve(self, groups=together).in_order()

    def key_of(self, group: Any) -> Any:
        """Return the key of a group, which may be called by the names of its records.

        Raises `GroupNotFoundError` where there is no such group, and `SharedNameError` where there
        are several.
        """
        name = composed_key(group)
        keys = [] if name in self.groups else [key for key in self if self._is_called(key, name)]
        if len(keys) > 1:
            raise SharedNameError(group, tuple(map(str, keys)))
        return super().key_of(keys[0] if keys else group)

    def _is_called(self, key: Any, group: Any) -> bool:
        """Whether each value of a group is called so: by its text, or by a name of its record."""
        names, values = (group, key) if self._several else ((group,), (key,))
        if not isinstance(names, tuple) or len(names) != len(values):
            return False
        return all(map(self._is_value_called, self.by, values, names))

    def _is_value_called(self, field: str, value: Any, name: Any) -> bool:
        """Whether the value of a field has a name; in a record's, case and spaces may differ.

        A Chinese table calls a funder by its Chinese form.
        """
        if name == value or value is None or not isinstance(name, str):
            return bool(name == value)
        record = self.records.get(value)
        others = map(same, names(record)) if record else ()
        text = self._name_of(field, value)
        is_chinese = isinstance(text, Bilingual) and name == text.chinese
        return name == str(value) or is_chinese or same(name) in others

    def names_of(self, group: Any, locale: str = "en") -> list[str]:
        """Return what a group is called: a name for each field that the groups are made by."""
        say = in_language(locale)
        return [
            say(name) if isinstance(name, Bilingual | Sentence) else name
            for name in self.bilingual_names_of(group)
        ]

    def bilingual_names_of(self, group: Any) -> list[str]:
        """Return what a group is called, in all languages."""
        return [self._name_of(field, value) for field, value in self.values_of(group)]

    def _name_of(self, field: str, value: Any) -> str:
        """Return what the value of a field is called, in all languages."""
        if value is None:
            return _NONE_IS_GIVEN
        if isinstance(value, Others):
            return value.sentence
        if field in _IN_TWO_LANGUAGES:
            return self._names_of_texts[field].get(value, str(value))
        record = self.records.get(value) if field in _FIELDS_WITH_NAMES else None
        if isinstance(record, Company | Initiative):
            return Bilingual(record.name, record.name_zh)
        return VALUES[value] if isinstance(value, StrEnum) else str(value)

    @cached_property
    def _names_of_texts(self) -> dict[str, dict[str, Bilingual]]:
        """What funders and recipients are called, where groups are made by these."""
        return {field: self.grand.names(field) for field in _IN_TWO_LANGUAGES & {*self.by}}

    @property
    def notes_of_names(self) -> list[Sentence]:
        """What the dash among the names of groups means, where there is one."""
        return self.notes_of(self)

    def notes_of(self, groups: Iterable[Any]) -> list[Sentence]:
        """Return what the dash among the names of some groups means, where there is one."""
        pairs = (pair for group in groups for pair in self.values_of(group))
        fields = {field for field, value in pairs if value is None}
        in_several = Sentence("– among years and months means that it may be in several years")
        is_missing, is_in_several = fields - CALENDAR_UNITS, fields & CALENDAR_UNITS
        notes = [Sentence("– means that none is given")] if is_missing else []
        return [*notes, in_several] if is_in_several else notes

    def values_of(self, group: Any) -> list[tuple[str, Any]]:
        """Return each field that a group is made by, with its value."""
        return list(zip(self.by, group if self._several else (group,), strict=True))

    def _columns_and_rows(self) -> tuple[Sequence[Column], Sequence[Sequence[Any]]]:
        """Return the table of the groups, times as periods, and nothing where a field is empty."""
        table = self.table()
        kinds = [Kind.PERIOD if field in self._times else Kind.TEXT for field in self.by]
        rows = [
            (*map(self._exported, self.values_of(group), row), *row[len(kinds) :])
            for group, row in zip(self, table.rows, strict=True)
        ]
        return [*map(Column, self.by, kinds), *table.columns[len(kinds) :]], rows

    def _exported(self, field_and_value: tuple[str, Any], name: str) -> Any:
        field, value = field_and_value
        if value is None:
            return None
        return name if field not in self._times or isinstance(value, Others) else Period.of(value)

    def __repr__(self) -> str:
        groups = f"{len(self)} groups" if len(self) != 1 else "1 group"
        return f"Totals: {groups} by {', '.join(self.by)}, {self.grand.in_words()}"

    def _notebook_table(self) -> Table:
        return attrs.evolve(self.table(), title=repr(self))


def _is_several(by: "By") -> bool:
    """Whether groups are made by several fields, each a tuple of their values."""
    return not (callable(by) or isinstance(by, str))


def _lower(total: BaseTotal) -> Decimal | None:
    return None if "low" in total.unknown_bounds else total.low.amount


def _upper(total: BaseTotal) -> Decimal | None:
    if "high" in total.unknown_bounds:
        return None
    return total.high.amount if total.high else Decimal("Infinity")
