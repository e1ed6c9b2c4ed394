"""Every error that the library raises, and its sentence.

Each error is also the builtin error that it resembles, keeps its facts as attributes, and reads
as a sentence for the person who made the mistake: the value at fault, what was expected, the way
out. An error prints on one line (a `DatasetError` on one for each fault), without a character that
would act on the terminal. It is pickled and copied with its facts, which are its arguments::

    CommonProsperityError
    ├── AmountError (ValueError)
    │   ├── AmbiguousAmountError
    │   ├── InexactAmountError
    │   ├── RateContradictionError
    │   └── ZeroAmountError (ZeroDivisionError)
    ├── CurrencyError (ValueError)
    ├── CurrencyMismatchError (ValueError)
    ├── DatasetError (ValueError)
    │   └── FileError
    ├── DatasetNotFoundError (LookupError)
    ├── DownloadError (OSError)
    ├── FieldError (LookupError)
    ├── FormatError (ValueError)
    ├── LocaleError (ValueError)
    ├── MissingExtraError (ImportError)
    ├── PeriodError (ValueError)
    ├── RateNotFoundError (LookupError)
    │   └── MissingRatesError
    ├── RecordError (ValueError)
    ├── RecordNotFoundError (KeyError)
    ├── StyleError (ValueError)
    ├── UnitError (ValueError)
    └── ValueNotFoundError (LookupError)

A `DoubleCountWarning` is a warning of its own, and a `Fault` is what a `DatasetError` holds.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple, Self

import attrs

from commonprosperity.quoting import brief, label, listed, one_line, suggestion

__all__ = [
    "AmbiguousAmountError",
    "AmountError",
    "CommonProsperityError",
    "CurrencyError",
    "CurrencyMismatchError",
    "DatasetError",
    "DatasetNotFoundError",
    "DoubleCountWarning",
    "DownloadError",
    "Fault",
    "FieldError",
    "FileError",
    "FormatError",
    "InexactAmountError",
    "LocaleError",
    "MissingExtraError",
    "MissingRatesError",
    "PeriodError",
    "RateContradictionError",
    "RateNotFoundError",
    "RecordError",
    "RecordNotFoundError",
    "StyleError",
    "UnitError",
    "ValueNotFoundError",
    "ZeroAmountError",
]

_PROBLEM_AT_MOST = 600  # characters of a fault, before which its place, record and field stand
_PLACE_AT_MOST = 200


class CommonProsperityError(Exception):
    """The base of every error that this library raises."""

    def __str__(self) -> str:
        """Return the sentence: one line, without a character that would act on the terminal."""
        return one_line(self._sentence())

    def _sentence(self) -> str:
        raise NotImplementedError


class DoubleCountWarning(UserWarning):
    """Perhaps one sum is counted twice.

    One initiative has separate pledges of different stages, or two companies go by one name.
    """


@attrs.define(slots=False)
class AmountError(CommonProsperityError, ValueError):
    """A value is no amount that the library can hold exactly, or a text is no single amount.

    ``at`` is the place of the character in the text where reading stopped, from 0, if there is one.
    """

    value: object
    problem: str
    at: int | None = None

    def _sentence(self) -> str:
        return f"{brief(self.value)} is no amount: {self._place()}{self.problem}"

    def _place(self) -> str:
        if self.at is None or not isinstance(self.value, str):
            return ""
        rest = self.value[self.at :]
        return f"at character {self.at + 1}, {brief(rest)}: " if rest else ""


@attrs.define(slots=False)
class AmbiguousAmountError(AmountError):
    """The currency of an amount is not certain.

    ``problem`` is the sentence for a field or a command, where no symbols can be given;
    ``candidates`` are the codes that it may have, the likely ones first, and none where the text
    names no currency; ``amount`` is the number that was read, and ``symbol`` what is ambiguous.
    """

    value: object
    symbol: str
    candidates: tuple[str, ...]
    amount: Decimal
    problem: str = attrs.field(init=False)
    at: None = attrs.field(init=False, default=None)

    @problem.default
    def _problem(self) -> str:
        likely = self.candidates[0] if self.candidates else "CNY"
        return f"does not say which currency it is in; write its code, such as {likely}"

    def _sentence(self) -> str:
        if not self.candidates:
            return f'{brief(self.value)} names no currency; give default="CNY" if that is meant'
        known = ", ".join(self.candidates[:4])
        more = len(self.candidates) - 4
        others = f" or one of {more} others" if more > 0 else ""
        symbol = label(self.symbol)
        way_out = f'give symbols={{"{symbol}": "{self.candidates[0]}"}} if that is meant'
        return f"{brief(self.value)} is ambiguous: {symbol} is {known}{others}; {way_out}"


@attrs.define(slots=False)
class InexactAmountError(AmountError):
    """A text is an amount with a qualifier, or a range, where one exact amount is expected.

    ``form`` is the qualifier, or ``range``; ``problem`` is the sentence for a field, which has
    others beside it.
    """

    value: object
    form: str
    problem: str = attrs.field(init=False)
    at: None = attrs.field(init=False, default=None)

    @problem.default
    def _problem(self) -> str:
        if self.form == "range":
            return "is a range; write its lower end here and its upper end in high"
        return f"is not exact; write the amount alone here, and {self.form} in qualifier"

    def _sentence(self) -> str:
        form = "a range" if self.form == "range" else f"not exact but {self.form}"
        return f"{brief(self.value)} is no exact amount: it is {form}; parse_amount keeps that"


@attrs.define(slots=False)
class LocaleError(CommonProsperityError, ValueError):
    """A text is no locale that CLDR has."""

    name: object

    def _sentence(self) -> str:
        return f"{brief(self.name)} is no locale; write one such as en, zh_CN or de"


@attrs.define(slots=False)
class StyleError(CommonProsperityError, ValueError):
    """A text is no style that amounts are written in."""

    style: object
    known: tuple[str, ...]

    def _sentence(self) -> str:
        return f"{brief(self.style)} is no style; there are {', '.join(self.known)}"


@attrs.define(slots=False)
class FormatError(CommonProsperityError, ValueError):
    """A text is no format specification that a value takes; ``forms`` names the right ones."""

    spec: object
    forms: str

    def _sentence(self) -> str:
        return f"{brief(self.spec)} is no format specification; give {self.forms}"


class ZeroAmountError(AmountError, ZeroDivisionError):
    """An amount was divided by an amount of zero."""

    def _sentence(self) -> str:
        return f"cannot divide {label(self.value)} by {self.problem}"


@attrs.define(slots=False)
class CurrencyError(CommonProsperityError, ValueError):
    """A text is no currency code of CLDR, or is one that stands for no money (XTS, XXX)."""

    code: object
    meant: str | None = None

    def _sentence(self) -> str:
        way_out = "use an ISO 4217 code such as CNY"
        if self.meant:
            way_out = f"did you mean {self.meant}?"
        return f"{label(self.code)} is no currency code; {way_out}"


@attrs.define(slots=False)
class CurrencyMismatchError(CommonProsperityError, ValueError):
    """Amounts of two currencies met without a rate between them."""

    operation: str
    left: str
    right: str

    def _sentence(self) -> str:
        return (
            f"cannot {self.operation} {self.left} and {self.right} without a rate; "
            f"convert one of them first, with convert(money, {self.left!r}, on=...)"
        )


@attrs.define(slots=False)
class PeriodError(CommonProsperityError, ValueError):
    """A value is no day, month, quarter, year or span."""

    value: object
    problem: str | None = None

    def _sentence(self) -> str:
        forms = "write 2021-09-02, 2021-04, 2021-Q2, 2021 or 2021-09-02/2024-12-31"
        return f"{brief(self.value)} is no period: {self.problem or forms}"


@attrs.define(slots=False)
class RateNotFoundError(CommonProsperityError, LookupError):
    """No rate is known for a pair of currencies on a date.

    ``currency`` is the side of the pair that is missing, ``known`` says what there is of it, and
    ``nearest`` holds the days nearest to the one asked for on which it was published, if any.
    """

    base: str
    quote: str
    on: str
    currency: str
    known: str
    nearest: tuple[date, ...]

    def _sentence(self) -> str:
        return (
            f"no {self.currency} rate on {self.on}; {self.known} "
            f"(asked for {self.base} to {self.quote})"
        )


@attrs.define(slots=False)
class MissingRatesError(RateNotFoundError):
    """Rates are not known that pledges need; the other facts are those of the first one.

    ``missing`` holds them all: each with the `RateNotFoundError` of its look-up and the ids of the
    pledges that need it.
    """

    missing: tuple[tuple[RateNotFoundError, tuple[str, ...]], ...]

    @classmethod
    def of(cls, missing: tuple[tuple[RateNotFoundError, tuple[str, ...]], ...]) -> Self:
        """Return the error of all rates that are missing, of which there is one at least."""
        (first, _), *_ = missing
        return cls(
            first.base, first.quote, first.on, first.currency, first.known, first.nearest, missing
        )

    def _sentence(self) -> str:
        """Write a clause for each pair, with the first dates and ids of it, and the first five."""
        dates: dict[tuple[str, ...], list[str]] = {}
        ids: dict[tuple[str, ...], list[str]] = {}
        for error, needing in self.missing:
            key = error.currency, str(error.known), error.base, error.quote
            dates.setdefault(key, []).append(error.on)
            ids.setdefault(key, []).extend(needing)
        clauses = [
            f"no {currency} rate on {listed(dates[key], 3)}; {known} "
            f"(asked for {base} to {quote} by {listed(ids[key], 5)})"
            for key in [*dates][:5]
            for currency, known, base, quote in [key]
        ]
        more = [f"{len(dates) - 5} more pairs lack rates"] if len(dates) > 5 else []  # noqa: PLR2004
        return "; ".join((*clauses, *more))


@attrs.define(slots=False)
class RateContradictionError(AmountError):
    """The factor of a pair is another one by other pairs, beyond the rounding of them all.

    ``pair`` and ``factor`` are those at fault; ``others`` are the pairs by which the factor is
    ``implied``. There are none where a currency is not 1 of itself.
    """

    pair: str
    factor: str
    others: tuple[str, ...]
    implied: str
    value: str = attrs.field(init=False)
    problem: str = attrs.field(init=False)
    at: None = attrs.field(init=False, default=None)

    @value.default
    def _value(self) -> str:
        return self.pair

    @problem.default
    def _problem(self) -> str:
        return f"it is {self.implied} by {', '.join(self.others)}"

    def _sentence(self) -> str:
        if not self.others:
            return f"{self.pair} is {self.factor}, but a currency is 1 of itself; leave it out"
        *first, last = self.others
        if not first:
            return (
                f"{self.pair} is {self.factor}, but {self.implied} by {last}: "
                f"it contradicts {last}; give one of them"
            )
        return (
            f"{self.pair} is {self.factor}, but {self.implied} through {listed(first)} and {last}; "
            "leave one of them out"
        )


@attrs.define(slots=False)
class DownloadError(CommonProsperityError, OSError):
    """A file could not be fetched, or is not the one that was asked for."""

    url: str
    problem: str

    def _sentence(self) -> str:
        return f"{one_line(self.url, _PLACE_AT_MOST)}: {self.problem}"


@attrs.define(slots=False)
class UnitError(CommonProsperityError, ValueError):
    """A text is no unit, or a quantity has no value in a unit."""

    value: object
    problem: str

    def _sentence(self) -> str:
        return f"{brief(self.value)}: {self.problem}"


@attrs.define(slots=False)
class RecordError(CommonProsperityError, ValueError):
    """A field of a record is given what it cannot hold."""

    field: str
    value: object
    problem: str

    def _sentence(self) -> str:
        return f"{self.field}: {brief(self.value)} {self.problem}"


@attrs.define(slots=False)
class FieldError(CommonProsperityError, LookupError):
    """A name is no field of a pledge."""

    name: object
    known: tuple[str, ...]

    def _sentence(self) -> str:
        near = suggestion(self.name, self.known)
        return (
            f"{brief(self.name)} is no field of a pledge{near}; there are {', '.join(self.known)}"
        )


@attrs.define(slots=False)
class ValueNotFoundError(CommonProsperityError, LookupError):
    """No record of a dataset has a value in a field; ``known`` are the values that there are."""

    field: str
    value: object
    known: tuple[str, ...]

    def _sentence(self) -> str:
        near = suggestion(self.value, self.known)
        are = "is" if len(self.known) == 1 else "are"
        there = f"there {are} {listed(self.known)}" if self.known else "there is none at all"
        return f"{self.field}: there is no {brief(self.value)}{near}; {there}"


@attrs.define(slots=False)
class RecordNotFoundError(CommonProsperityError, KeyError):
    """A dataset has no record with an id."""

    id: object
    known: tuple[str, ...]

    def _sentence(self) -> str:
        return f"no record {brief(self.id)}{suggestion(self.id, self.known)}"


@attrs.define(slots=False)
class DatasetNotFoundError(CommonProsperityError, LookupError):
    """No built-in dataset has a name."""

    name: object
    known: tuple[str, ...]

    def _sentence(self) -> str:
        return f"no dataset {brief(self.name)}; the built-in ones are: {', '.join(self.known)}"


class Fault(NamedTuple):
    """One thing that is wrong with a record: which record, which of its fields, and what.

    ``place`` is where it stands in a file, as ``file:line``, when it comes from one.
    """

    record: str
    field: str
    problem: str
    place: str = ""

    def __str__(self) -> str:
        place = one_line(self.place, _PLACE_AT_MOST)
        problem = one_line(self.problem, _PROBLEM_AT_MOST)
        return ": ".join(filter(None, (place, label(self.record), label(self.field), problem)))


@attrs.define(slots=False)
class DatasetError(CommonProsperityError, ValueError):
    """Records do not fit together; ``faults`` holds everything that is wrong, at once."""

    faults: tuple[Fault, ...]

    @classmethod
    def at(cls, place: str, problem: str) -> Self:
        """Return the error of one problem with all that is at a place: a file, a line of it.

        >>> print(FileError.at("mine.csv:1", "it has no headings"))
        mine.csv:1: it has no headings
        """
        return cls((Fault("", "", problem, place),))

    def __str__(self) -> str:
        """Return the faults, each on a line of its own."""
        return "\n".join(map(str, self.faults))


class FileError(DatasetError):
    """A file cannot be read as a dataset; it is read whole or not at all."""


@attrs.define(slots=False)
class MissingExtraError(CommonProsperityError, ImportError):
    """A package that a function needs is not installed.

    ``extra`` is the extra of this library that brings it, or None where users bring their own.
    """

    package: str
    extra: str | None = None

    @property
    def command(self) -> str:
        """The command that installs it."""
        wanted = f'"commonprosperity[{self.extra}]"' if self.extra else self.package
        return f"pip install {wanted}"

    def _sentence(self) -> str:
        return f"{self.package} is not installed; run: {self.command}"
