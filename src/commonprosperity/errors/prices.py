"""Errors of countries, and of the prices of a year."""

import attrs

from commonprosperity.errors.base import CommonProsperityError
from commonprosperity.errors.records import DatasetError
from commonprosperity.quoting import brief


@attrs.define(slots=False)
class CountryError(CommonProsperityError, ValueError):
    """A text is no two-letter code of a country; ``meant`` is the code that it may stand for."""

    code: object
    meant: str | None = None

    def _sentence(self) -> str:
        way_out = "use a code of ISO 3166 such as CN"
        if self.meant:
            way_out = f"did you mean {self.meant}?"
        return f"{brief(self.code)} is no country code of two letters; {way_out}"


@attrs.define(slots=False)
class PriceNotFoundError(CommonProsperityError, LookupError):
    """The prices of a country in a year are not known; ``known`` says what there is of them."""

    country: str
    year: int
    known: str

    def _sentence(self) -> str:
        return f"no prices of {self.country} in {self.year}; {self.known}"


class ConstantPriceError(DatasetError):
    """Amounts cannot be put into the prices of a year; ``faults`` says why, all at once."""
