"""``Mention``: an amount where it stands in a text."""

from decimal import Decimal

import attrs

from commonprosperity.money import ParsedAmount
from commonprosperity.quoting import brief, printable
from commonprosperity.wording import Qualifier


@attrs.frozen(repr=False)
class Mention:
    """An amount of money where it stands in a text: ``whole[start:end]`` is ``text``.

    ``stated`` is what `parse_amount` reads in it, and None where the currency is not certain;
    ``candidates`` are the codes that it may be in, the likely ones first. ``amount``, ``high`` and
    ``qualifier`` are the number, the upper end of a range, and how firm they are, in whatever
    currency. ``equivalents`` are the mentions by which the text states the same sum in other
    currencies, right after it. ``line`` is the number of the line, from 1.

    >>> from commonprosperity.mentions import find_amounts
    >>> mention, dollars = find_amounts("It gave 100 billion yuan ($15.49 billion).")
    >>> mention.stated
    ParsedAmount(Money('1.00E+11', 'CNY'))
    >>> print(dollars.stated, dollars.amount, dollars.candidates[:2])
    None 1.549E+10 ('USD', 'HKD')
    >>> mention.equivalents == (dollars,)
    True
    """

    text: str
    start: int
    end: int
    stated: ParsedAmount | None
    amount: Decimal
    high: Decimal | None
    qualifier: Qualifier
    candidates: tuple[str, ...]
    line: int
    whole: str = attrs.field(eq=False)
    _sentence: tuple[int, int] = attrs.field(eq=False)
    equivalents: tuple["Mention", ...] = ()

    @property
    def sentence(self) -> str:
        """The sentence that it stands in, as the text has it; a very long one is cut."""
        start, end = self._sentence
        return self.whole[start:end].strip()

    def excerpt(self, at_most: int) -> str:
        """Return the sentence on one line, cut at both ends to so many characters around it."""
        start, end = self._sentence
        around = max(0, at_most - (self.end - self.start)) // 2
        first = start if end - start <= at_most else max(start, self.start - around)
        last = end if end - start <= at_most else min(end, self.end + around)
        text = printable(" ".join(self.whole[first:last].split()))
        return f"{'... ' * (first > start)}{text}{' ...' * (last < end)}"

    @property
    def says(self) -> tuple[object, ...]:
        """What it says, which is the same wherever it stands."""
        return self.amount, self.high, self.qualifier, self.candidates

    def __repr__(self) -> str:
        currency = self.candidates[0] if self.stated else f"{len(self.candidates)} currencies"
        return f"Mention({brief(self.text)}, {currency}, line {self.line})"
