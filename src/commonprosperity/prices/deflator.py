"""``Deflator``: how many times the prices of one year those of another are, in one country."""

from fractions import Fraction

import attrs

from commonprosperity.text_display import TextDisplay
from commonprosperity.wording import significant


@attrs.frozen
class Deflator(TextDisplay):
    """In ``country``, the prices of the year ``base`` are ``factor`` times those of ``year``.

    ``provider`` says whose numbers they are.

    >>> print(Deflator("CN", 2019, 2021, Fraction("1.05"), "a desk"))
    prices of CN in 2021 = 1.05 times those of 2019
    """

    country: str
    year: int
    base: int
    factor: Fraction
    provider: str = ""

    def _notebook_text(self) -> str:
        return f"{self}, {self.provider}" if self.provider else str(self)

    def __str__(self) -> str:
        factor = significant(self.factor)
        return f"prices of {self.country} in {self.base} = {factor} times those of {self.year}"
