"""``Mentions``: the amounts of a text, in its order."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, overload

import attrs

from commonprosperity.checks import Findings
from commonprosperity.deferred import deferred
from commonprosperity.mentions.mention import Mention
from commonprosperity.period import Period
from commonprosperity.rates.rates_like import RatesLike, rates_of
from commonprosperity.records import Source
from commonprosperity.table import Table, TableDisplay
from commonprosperity.wording import currency_code

if TYPE_CHECKING:
    from commonprosperity.mentions import draft, findings, overview
else:
    draft, findings, overview = deferred("mentions.draft", "mentions.findings", "mentions.overview")


@attrs.frozen(repr=False)
class Mentions(TableDisplay, Sequence[Mention]):
    """The amounts of a text, in its order; none overlaps another.

    >>> from commonprosperity.mentions import find_amounts
    >>> find_amounts("It gave 100 billion yuan ($15.49 billion) in 2021.")
    Mentions: 2 amounts, of which 1 states another in a second currency
    """

    _mentions: tuple[Mention, ...] = attrs.field(converter=tuple[Mention, ...])

    def check(
        self,
        on: Period | date | str,
        rates: RatesLike | None = None,
        tolerance: str | Decimal | Fraction = "0.5%",
    ) -> Findings:
        """Compare sums stated in two currencies, at the rate of the text's own date.

        Each finding names the line and the sentence. If a symbol such as ``$`` may mean several
        currencies, the check tries each, and the finding says which one agrees. A pair of figures
        that the text repeats is one finding. An unknown rate is a finding, too.

        >>> from commonprosperity.mentions import find_amounts
        >>> mentions = find_amounts("A fund of 20 billion yuan ($31 billion).")
        >>> for finding in mentions.check("2021-09-02"):
        ...     print(finding.severity, finding.code, finding.ids)
        error unit-slip ('line 1',)

        Raises `PeriodError` for what is no date, and `AmountError` for what is no tolerance.
        """
        return findings.check(self, Period.of(on), rates_of(rates), tolerance)

    def table(
        self,
        to: str | None = None,
        on: Period | date | str | None = None,
        rates: RatesLike | None = None,
        *,
        locale: str = "en",
    ) -> Table:
        """Show each amount once: its line, its words, its equivalents, and the sentence.

        ``to`` adds a column in one currency: the amount itself, or the equivalent that the text
        states, or else the amount at the rate of ``on``. It is blank if none of them is known.

        >>> from commonprosperity.mentions import find_amounts
        >>> print(find_amounts("It gave 100 billion yuan ($15.49 billion).").table("CNY"))
        Amounts in billions
        <BLANKLINE>
        Line  Stated            Equivalents         CNY  Sentence
        ----  ----------------  --------------  -------  ------------------------------------------
        1     100 billion yuan  $15.49 billion  100.000  It gave 100 billion yuan ($15.49 billion).

        Raises `CurrencyError` for an unknown code, and `PeriodError` for what is no date.
        """
        code = None if to is None else currency_code(to)
        day = None if on is None else Period.of(on)
        return overview.overview(self, code, day, rates_of(rates)).in_locale(locale)

    def draft(self, source: Source | str | None = None) -> str:
        r"""Write a pledge for each amount, as TOML to be filled in.

        The draft leaves open what the text does not settle: the company, the date, the currency of
        an ambiguous symbol. `read` refuses it, and lists what is open, until you fill it in. A
        repeated amount is one pledge. ``source`` is a `Source`, or its title.

        >>> from commonprosperity.mentions import find_amounts
        >>> draft = find_amounts("It gave up to 2 billion yuan.").draft("The Gazette")
        >>> print("\n".join(draft.splitlines()[9:]))
        # It gave up to 2 billion yuan.
        [pledge.line-1]
        company = ""  # whose?
        amount = "2 billion CNY"
        qualifier = "up_to"
        announced = ""  # when?
        source = "article"
        locator = "line 1"
        """
        return draft.draft(self, source)

    @overload
    def __getitem__(self, index: int) -> Mention: ...
    @overload
    def __getitem__(self, index: slice) -> "Mentions": ...
    def __getitem__(self, index: int | slice) -> "Mention | Mentions":
        if isinstance(index, slice):
            return Mentions(self._mentions[index])
        return self._mentions[index]

    def __iter__(self) -> Iterator[Mention]:
        return iter(self._mentions)

    def __len__(self) -> int:
        return len(self._mentions)

    def __repr__(self) -> str:
        amounts = "1 amount" if len(self) == 1 else f"{len(self)} amounts"
        second = sum(len(mention.equivalents) for mention in self)
        if not second:
            return f"Mentions: {amounts}"
        verb = "states" if second == 1 else "state"
        return f"Mentions: {amounts}, of which {second} {verb} another in a second currency"

    def _notebook_table(self) -> Table:
        return attrs.evolve(self.table(), title=repr(self))
