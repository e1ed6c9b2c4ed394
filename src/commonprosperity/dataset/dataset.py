"""``Dataset``: linked records, and a selection of the pledges among them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack, overload

import attrs

from commonprosperity.book import Book
from commonprosperity.counting import Counting, is_known
from commonprosperity.dataset.conditions import Conditions, condition, nameless_condition
from commonprosperity.dataset.double_counts import warn_of_double_counts
from commonprosperity.dataset.extract import extract
from commonprosperity.dataset.merge import merge
from commonprosperity.dataset.records import DatasetRecords
from commonprosperity.deferred import deferred
from commonprosperity.errors import CurrencyMismatchError, RecordError
from commonprosperity.flat import pledge_table
from commonprosperity.period import Period
from commonprosperity.prices import Prices
from commonprosperity.progress import Progress, ProgressBy
from commonprosperity.quoting import visible
from commonprosperity.rates import Rates, Statement, reported
from commonprosperity.rates.rates_like import RatesLike, rates_of
from commonprosperity.records import Company, Figure, Initiative, Pledge, Record, Source
from commonprosperity.records.labels import VALUES
from commonprosperity.sentence import Bilingual, Sentence, together
from commonprosperity.table import Column, Link, Table, TableDisplay, Tabular
from commonprosperity.totals import By, ConstantPrices, Conversion, Total, Totals
from commonprosperity.wording import currency_code

if TYPE_CHECKING:
    from commonprosperity import checks, compare
    from commonprosperity.checks import all as every_check
    from commonprosperity.compare import way
else:
    checks, every_check, compare, way = deferred("checks", "checks.all", "compare", "compare.way")

_SHOWN_AT_MOST = 20


@attrs.frozen(init=False, repr=False)
class Dataset(DatasetRecords, TableDisplay, Tabular):
    """Linked records, and a selection of the pledges among them.

    ``pledges`` are the selected ones; every other record stays at hand. Iteration, ``len`` and
    totals are of the selection. Each method returns a new dataset.

    >>> acme = Dataset().extend(
    ...     Company(id="acme", name="Acme"),
    ...     Pledge(id="acme-1", company="acme", amount="2 billion CNY", announced="2021-09-15"),
    ... )
    >>> acme.total("CNY")
    Total: 2 billion CNY

    ``name`` is what it was loaded by, the title of its Data Package, or the name of its file, also
    when records are added or changed later. ``notes`` say what a file had besides, and was left out
    when it was read. Neither is a fact: datasets are equal without them.

    Raises `DatasetError`, with all faults at once, when an id is given twice, a link leads nowhere
    or in a circle, a pledge has two successors or two wholes, or a part in another currency than
    its whole has no equivalent in that currency.
    """

    pledges: tuple[Pledge, ...]
    _book: Book
    _day: date | None
    notes: tuple[Sentence, ...] = attrs.field(default=(), eq=False)
    name: str = attrs.field(default="", eq=False)

    def __init__(
        self,
        sources: Iterable[Source] = (),
        companies: Iterable[Company] = (),
        initiatives: Iterable[Initiative] = (),
        pledges: Iterable[Pledge] = (),
        figures: Iterable[Figure] = (),
    ) -> None:
        book = Book.of((*sources, *companies, *initiatives, *pledges, *figures))
        self.__attrs_init__(book.pledges, book.checked(), None)

    @classmethod
    def _of(
        cls,
        pledges: Iterable[Pledge],
        book: Book,
        day: date | None,
        notes: tuple[Sentence, ...],
        name: str,
    ) -> "Dataset":
        dataset = cls.__new__(cls)
        dataset.__attrs_init__(tuple(pledges), book, day, notes, name)
        return dataset

    def _of_same_name(self, pledges: Iterable[Pledge], book: Book, day: date | None) -> "Dataset":
        """Return a dataset of other pledges, with the notes and the name of this one."""
        return Dataset._of(pledges, book, day, self.notes, self.name)

    def with_notes(self, notes: Iterable[Sentence]) -> "Dataset":
        """Return the dataset with notes of what was left out when it was read."""
        both = (*self.notes, *notes)
        return Dataset._of(self.pledges, self._book, self._day, both, self.name)

    def with_name(self, name: str) -> "Dataset":
        """Return the dataset with another name, which a page to publish shows.

        >>> Dataset().with_name("Pledges of 2021").name
        'Pledges of 2021'
        """
        return Dataset._of(self.pledges, self._book, self._day, self.notes, visible(name))

    def where(
        self, *conditions: Callable[[Pledge], bool], **fields: Unpack[Conditions]
    ) -> "Dataset":
        """Narrow the selection to the pledges that meet every condition.

        A field is matched by a value, by any of several values, by a period that contains its own,
        or by a function of its value; a condition without a name is a function of the pledge. A
        company, an initiative and a source are also found by their names.

        >>> from commonprosperity.data import load
        >>> load().where(company="tencent", announced="2021-04").total("CNY")
        Total: 50 billion CNY

        Raises `FieldError` for a name that is no field of a pledge, and `ValueNotFoundError` for an
        id or a name that no record has, or a text or a period that no pledge has, selected or not.
        """
        tests = [
            *map(nameless_condition, conditions),
            *(condition(self._book, name, wanted) for name, wanted in fields.items()),
        ]
        selected = (each for each in self.pledges if all(test(each) for test in tests))
        return self._of_same_name(selected, self._book, self._day)

    def as_of(self, day: Period | date | str) -> "Dataset":
        """Return what was known at the end of a day: what had been announced by then.

        A pledge announced in "2021" is known on 2021-12-31. Later versions are not known yet, and
        what only a later record states of two earlier ones does not hold yet. The day stays in
        force: of what `extend`, `replace` and ``|`` bring, too, only what was announced by then is
        selected, and a note below the table counts what was not.
        """
        last = Period.of(day).end
        last = min(last, self._day or last)
        known = (each for each in self.pledges if is_known(each, last))
        return self._of_same_name(known, self._book, last)

    @property
    def is_narrowed(self) -> bool:
        """Whether there are pledges that are not selected."""
        return len(self) < len(self._book.pledges)

    def select_all(self) -> "Dataset":
        """Return the dataset with all its pledges selected again, whatever day they are of.

        >>> from commonprosperity.data import load
        >>> load().where(company="alibaba").select_all() == load()
        True
        """
        return self._of_same_name(self._book.pledges, self._book, None)

    def extract(self) -> "Dataset":
        """Return a dataset of the selected pledges and of what they link to, and of nothing else.

        A pledge that a selected one is a part of, tells again or supersedes comes with it, and is
        selected too; so do the known tellings and later versions of it, without which it would
        count again. Figures stay where what they are about stays.

        >>> from commonprosperity.data import load
        >>> alibaba = load().where(company="alibaba").extract()
        >>> alibaba, [company.name for company in alibaba.companies]
        (Dataset: 1 of 1 pledges selected, ['Alibaba'])
        """
        book = extract(self._book, self.pledges, self._day)
        return self._of_same_name(book.pledges, book, None)

    def extend(self, *records: Record) -> "Dataset":
        """Add records, and select the pledges among them; after `as_of` those known on its day.

        Raises `DatasetError` when another record has the id of one of them, or as `Dataset` does.
        """
        return self._changed(self._book.with_all(records), [record.id for record in records])

    def replace(self, *records: Record) -> "Dataset":
        """Put records in the place of those with the same ids.

        Raises `RecordNotFoundError` where there is none, and `DatasetError` as `Dataset` does.
        """
        new = Book.of(records).by_id
        for id_ in new:
            _ = self[id_]
        return self._changed(Book.of(new.get(each.id, each) for each in self._book.records))

    def remove(self, *ids: str) -> "Dataset":
        """Take records away.

        Raises `RecordNotFoundError` where there is none, `DatasetError` where others link to it.
        """
        return self._changed(self._book.without({self[id_].id for id_ in ids}))

    def merge(self, id_: str, *, into: str) -> "Dataset":
        """Merge a record into another: a company, an initiative or a source that is there twice.

        Every link to the first then leads to the other. The other keeps its facts, and takes over
        those that it lacks; the names of a merged company become its aliases.

        >>> beside = Dataset().extend(
        ...     Company(id="tencent", name="Tencent"), Company(id="腾讯", name="腾讯"),
        ...     Pledge(id="腾讯-1", company="腾讯", amount="50 billion CNY", announced="2021-04"),
        ... )
        >>> one = beside.merge("腾讯", into="tencent")
        >>> one["腾讯-1"].company, one["tencent"].aliases
        ('tencent', ('腾讯',))

        Raises `RecordNotFoundError` where there is no such record, and `DatasetError` for records
        that cannot become one: of two kinds, or two pledges, which are linked instead.
        """
        return self._changed(merge(self._book, self[id_], self[into]))

    def __or__(self, other: "Dataset") -> "Dataset":
        """Return all records of both; a pledge is selected when it is in one of them.

        After `as_of`, of one or of both, it is selected when it was known on the earlier day. An
        equal record met twice is one record, with each number as it has the fewest digits;
        `DatasetError` for unequal ones with the same id.
        """
        if not isinstance(other, Dataset):
            return NotImplemented
        days = [day for day in (self._day, other._day) if day]
        notes = tuple(dict.fromkeys((*self.notes, *other.notes)))
        name = ", ".join(dict.fromkeys(filter(None, (self.name, other.name))))
        both = Dataset._of(self.pledges, self._book, min(days, default=None), notes, name)
        return both._changed(
            self._book.with_all(other._book.records), [pledge.id for pledge in other.pledges]
        )

    def total(
        self,
        to: str,
        *,
        on: Period | date | str | None = None,
        rates: RatesLike | None = None,
        prices: Prices | None = None,
        base: int | str | None = None,
    ) -> Total:
        """Add up what counts of the selection, in a currency.

        Each pledge is converted at the rate of its own value date, or of ``on`` where it is given:
        a day, or a longer period with its mean rate. The rates are the ECB's unless others are
        given.

        ``prices`` put each amount into the prices of the year ``base``: it goes into the currency
        of the company's country at the mean rate of its year, by that country's deflator to the
        base year, and out at the base year's mean rate.

        Raises `RateNotFoundError` when a rate is missing, `ConstantPriceError` when prices or a
        company's country are, and `RecordError` where ``on`` is given together with ``prices``.
        Warns with `DoubleCountWarning` when an initiative of one company has separate pledges of
        different stages, or one recipient as much paid as promised.
        """
        warn_of_double_counts(self._book, self.pledges, self.counting)
        return self._total(self._conversion(to, on, rates, prices, base))

    def totals(  # noqa: PLR0913 (how it is valued)
        self,
        to: str,
        *,
        by: By,
        on: Period | date | str | None = None,
        rates: RatesLike | None = None,
        prices: Prices | None = None,
        base: int | str | None = None,
    ) -> Totals[Total]:
        """Add up what counts, apart by a field of the pledges, several, or a function of a pledge.

        ``by`` may also be ``"year"`` or ``"month"``, of the announcement: they come in their order,
        all other groups the largest first. Everything is counted once over the whole selection
        first, so that the groups add up to the total exactly.

        Raises `FieldError` for a name that is no field, and what `total` raises.
        """
        warn_of_double_counts(self._book, self.pledges, self.counting)
        conversion = self._conversion(to, on, rates, prices, base)
        return Totals.counted(self.counting, conversion, by, self._book.by_id)

    def compare(  # noqa: PLR0913 (both datasets, and how they are totalled)
        self,
        old: "Dataset",
        to: str,
        *,
        by: By | None = None,
        on: Period | date | str | None = None,
        rates: RatesLike | None = None,
        old_rates: RatesLike | None = None,
        prices: Prices | None = None,
        base: int | str | None = None,
    ) -> "compare.Effects":
        """Explain why the total is not what it was: effects that add up to the difference exactly.

        ``old`` is another version of the dataset, or another selection or day of it; it may be the
        same one, at other rates (``old_rates``). ``by`` takes the difference of each group apart.
        The effects come by group, then by kind (`Cause` has their order), and the largest first.

        >>> from commonprosperity.data import load
        >>> for effect in load().compare(load().as_of("2021-08-31"), "CNY"):
        ...     print(effect.kind, *effect.ids[:1], effect.exact)
        added alibaba-ten-actions 100000000000
        added giving-day-2021-match 4169000000

        Raises what `total` and `totals` raise, and warns as they do, for both; `RecordError` where
        ``old`` is no dataset.
        """
        if not isinstance(old, Dataset):
            problem = Sentence('is no dataset; read the other version first: read("january.toml")')
            raise RecordError("old", old, problem)
        rates_before = rates if old_rates is None else old_rates
        before = old.total(to, on=on, rates=rates_before, prices=prices, base=base)
        after = self.total(to, on=on, rates=rates, prices=prices, base=base)
        # In constant prices a company's country decides, which may have changed.
        other_rates = old_rates is not None or prices is not None
        sides = compare.Side(before, old.links), compare.Side(after, self.links)
        return way.difference(*sides, by, other_rates=other_rates)

    def check(
        self, rates: RatesLike | None = None, tolerance: str | Decimal | Fraction = "0.5%"
    ) -> "checks.Findings":
        """Find what does not add up: figures, parts, pledges with two records, sources.

        Figures are compared with the rounding of their sources, and with a tolerance, a share, for
        the rate. A rate that is not known is a finding. The article's own:

        >>> from commonprosperity.data import load
        >>> for finding in load().check():
        ...     print(finding.message)
        15.49 billion USD is stated for 100 billion CNY: 15.484 billion USD at the 2021-09-02 rate
        15.5 billion USD is stated for 100 billion CNY: 15.484 billion USD at the 2021-09-02 rate

        Raises `AmountError` for a tolerance that is no share.
        """
        return every_check.check(self._book, self.counting, rates_of(rates), tolerance)

    def rates_as_reported(self) -> Rates:
        """Return the rates that the selection's sources imply, by the equivalents of each amount.

        Of several equivalents in one currency, the first counts.

        >>> from commonprosperity.data import load
        >>> load().rates_as_reported().rate("USD", "CNY", "2021-09-02").factor
        Fraction(10000, 1549)

        Pledges whose figures agree within their own rounding imply one rate, that of the most
        precise of them. Raises `DatasetError`, naming both, where two do not agree on a pair and
        date.
        """
        return reported(
            Statement(pledge.id, pledge.amount, equivalent, pledge.value_date)
            for pledge in self.pledges
            for equivalent in pledge.equivalents
            if equivalent is pledge.amount_in(equivalent.currency)
            if pledge.amount.amount
            if equivalent.amount
        )

    @overload
    def progress(
        self,
        by: None = None,
        to: str | None = None,
        *,
        rates: RatesLike | None = None,
        prices: Prices | None = None,
        base: int | str | None = None,
    ) -> Progress: ...

    @overload
    def progress(
        self,
        by: By,
        to: str | None = None,
        *,
        rates: RatesLike | None = None,
        prices: Prices | None = None,
        base: int | str | None = None,
    ) -> ProgressBy: ...

    def progress(
        self,
        by: By | None = None,
        to: str | None = None,
        *,
        rates: RatesLike | None = None,
        prices: Prices | None = None,
        base: int | str | None = None,
    ) -> Progress | ProgressBy:
        """Return how far the promises of the selection have come, all together or by groups.

        ``to`` is the currency; it may be left out where all amounts are in one. A promise and what
        came of it are valued on the promise's own day, so ``pledged`` may differ from `total`.
        With ``prices`` and ``base``, as in `total`, they are valued by the prices of its year.

        Raises `CurrencyMismatchError` where the amounts are in several currencies and ``to`` is not
        given, `RecordError` where there are none and it is not, and what `totals` raises; warns as
        `total` does.
        """
        warn_of_double_counts(self._book, self.pledges, self.counting)
        to = to or self._one_currency()
        total = self._total(self._conversion(to, None, rates, prices, base))
        if by is None:
            return Progress.of(total)
        return ProgressBy.of(Totals.of(total, by, self._book.by_id))

    def __iter__(self) -> Iterator[Pledge]:
        return iter(self.pledges)

    def __len__(self) -> int:
        return len(self.pledges)

    def table(self, at_most: int | None = None, *, locale: str = "en") -> Table:
        """Show the selected pledges: whose, how much, when, how far, and the source of each."""
        columns = [
            Column("id"), Column("company"), Column("amount"), Column("announced"), Column("stage"),
            Column("source"),
        ]  # fmt: skip
        first = self.pledges[:at_most]
        names = {each.id: Bilingual(each.name, each.name_zh) for each in self.companies}
        rows = [
            [
                pledge.id, names[pledge.company],
                Sentence("{amount:full}", amount=pledge.stated), pledge.announced,
                VALUES[pledge.stage], self._link(pledge.source),
            ]
            for pledge in first
        ]  # fmt: skip
        more = len(self) - len(first)
        notes: list[Sentence] = [Sentence("and {count} more", count=f"{more:,}")] if more else []
        later = sum(not is_known(pledge, self._day) for pledge in self._book.pledges)
        if later:
            notes.append(
                Sentence(
                    "left out: {count} announced after {day:date}",
                    count=f"{later:,}",
                    day=self._day,
                )
            )
        table = Table(columns, rows, title=self._title, note=together([*notes, *self.notes]))
        return table.in_locale(locale)

    def _notebook_table(self) -> Table:
        return self.table(_SHOWN_AT_MOST)

    def __str__(self) -> str:
        return self._notebook_table().text(80)

    def _link(self, source_id: str | None) -> Link | str | None:
        """Return who published a source, or else its title, as a link where it has an address."""
        if source_id is None:
            return None
        source = self.source(source_id)
        name = source.publisher or source.title
        return Link(name, source.url) if source.url else name

    def __repr__(self) -> str:
        return str(self._title)

    @property
    def _title(self) -> Sentence:
        count, all_ = len(self), len(self._book.pledges)
        if self._day is None:
            return Sentence("Dataset: {count} of {all} pledges selected", count=count, all=all_)
        return Sentence(
            "Dataset: {count} of {all} pledges selected, as known on {day:date}",
            count=count, all=all_, day=self._day,
        )  # fmt: skip

    def _columns_and_rows(self) -> tuple[Sequence[Column], Sequence[Sequence[Any]]]:
        table = pledge_table(self.pledges, self.__getitem__)
        return table.columns, table.rows

    def _one_currency(self) -> str:
        """Return the currency of all selected pledges, or of all where none is; if it is one."""
        pledges = self.pledges or self._book.pledges
        if not pledges:
            problem = Sentence('is no currency, and there is no pledge to say one; give to="CNY"')
            raise RecordError("to", None, problem)
        first, *others = sorted({pledge.amount.currency for pledge in pledges})
        if others:
            way_out = Sentence("choose one, with to={code}", code=repr(first))
            raise CurrencyMismatchError(Sentence("add"), first, others[0], way_out)
        return first

    @cached_property
    def counting(self) -> Counting:
        """What counts of each selected pledge, and why."""
        return self._book.counting.of(self.pledges, self._book.links.as_of(self._day))

    def _total(self, conversion: Conversion) -> Total:
        return Total.of(self.counting, conversion, self._book.by_id)

    def _conversion(
        self,
        to: str,
        on: Period | date | str | None,
        rates: RatesLike | None,
        prices: Prices | None,
        base: int | str | None,
    ) -> Conversion:
        """Return how amounts are valued, by the arguments of a caller."""
        constant = None
        if prices is not None or base is not None:
            countries = {company.id: company.country for company in self.companies}
            constant = ConstantPrices.of(prices, base, countries)
        if constant and on is not None:
            problem = Sentence(
                "is one date for all, and prices= goes by the year of each; give one of them"
            )
            raise RecordError("on", str(on), problem)
        when = None if on is None else Period.of(on)
        return Conversion(currency_code(to), rates_of(rates), when, constant)

    def _changed(self, book: Book, added: Iterable[str] = ()) -> "Dataset":
        """Return a dataset of a changed book, with the selection as it was and what is added."""
        ids = {*(pledge.id for pledge in self.pledges), *added}
        selected = (each for each in book.pledges if each.id in ids and is_known(each, self._day))
        return self._of_same_name(selected, book.checked(), self._day)
