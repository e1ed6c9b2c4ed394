"""Errors of countries, and of the prices of a year."""

import attrs

from commonprosperity.errors.base import CommonProsperityError
from commonprosperity.errors.datasets import DatasetError
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence


@attrs.define(slots=False)
class CountryError(CommonProsperityError, ValueError):
    """A text is no two-letter code of a country; ``meant`` is the code that it may stand for."""

    code: object
    meant: str | None = None

    def _sentence(self) -> Sentence:
        code = brief(self.code)
        if self.meant:
            return Sentence(
                "{code} is no country code of two letters; did you mean {meant}?",
                code=code, meant=self.meant,
            )  # fmt: skip
        return Sentence(
            "{code} is no country code of two letters; use a code of ISO 3166 such as CN", code=code
        )


@attrs.define(slots=False)
class PriceNotFoundError(CommonProsperityError, LookupError):
    """The prices of a country in a year are not known; ``known`` says in which years they are."""

    country: str
    year: int
    known: Sentence

    def _sentence(self) -> Sentence:
        return Sentence(
            "no prices of {country} in {year}; {known:say}",
            country=self.country, year=self.year, known=self.known,
        )  # fmt: skip


class ConstantPriceError(DatasetError):
    """Amounts cannot be put into the prices of a year; ``faults`` says why, all at once."""
