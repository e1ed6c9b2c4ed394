"""Every error that the library raises, and its sentence.

Each error is also the builtin error that it resembles, keeps its facts as attributes, and reads
as a sentence for the person who made the mistake: the value at fault, what was expected, the way
out.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from commonprosperity.quoting import brief, label, listed, one_line, suggestion

_PLACE_AT_MOST = 200  # characters of a path or an address in a sentence


class CommonProsperityError(Exception):
    """The base of every error that this library raises; its arguments are its facts."""

    def __str__(self) -> str:
        """Return the sentence: one line, without a character that would act on the terminal."""
        return one_line(self._sentence())

    def _sentence(self) -> str:
        raise NotImplementedError


class DoubleCountWarning(UserWarning):
    """Perhaps one sum is counted twice.

    One initiative has separate pledges of different stages, or two companies go by one name.
    """


class AmountError(CommonProsperityError, ValueError):
    """A value is no amount that the library can hold exactly, or a text is no single amount.

    ``at`` is the place of the character in the text where reading stopped, from 0, if there is one.
    """

    def __init__(self, value: object, problem: str, at: int | None = None) -> None:
        super().__init__(value, problem, at)
        self.value, self.problem, self.at = value, problem, at

    def _sentence(self) -> str:
        return f"{brief(self.value)} is no amount: {self._place()}{self.problem}"

    def _place(self) -> str:
        if self.at is None or not isinstance(self.value, str):
            return ""
        rest = self.value[self.at :]
        return f"at character {self.at + 1}, {brief(rest)}: " if rest else ""


class AmbiguousAmountError(AmountError):
    """The currency of an amount is not certain.

    ``problem`` is the sentence for a field or a command, where no symbols can be given;
    ``candidates`` are the codes that it may have, the likely ones first, and none where the text
    names no currency; ``amount`` is the number that was read, and ``symbol`` what is ambiguous.
    """

    def __init__(
        self, value: object, symbol: str, candidates: tuple[str, ...], amount: Decimal
    ) -> None:
        likely = candidates[0] if candidates else "CNY"
        problem = f"does not say which currency it is in; write its code, such as {likely}"
        super().__init__(value, problem)
        self.args = (value, symbol, candidates, amount)
        self.symbol, self.candidates, self.amount = symbol, candidates, amount

    def _sentence(self) -> str:
        if not self.candidates:
            return f'{brief(self.value)} names no currency; give default="CNY" if that is meant'
        some = ", ".join(self.candidates[:4])
        more = len(self.candidates) - 4
        others = f" or one of {more} others" if more > 0 else ""
        symbol = label(self.symbol)
        way_out = f'give symbols={{"{symbol}": "{self.candidates[0]}"}} if that is meant'
        return f"{brief(self.value)} is ambiguous: {symbol} is {some}{others}; {way_out}"


class InexactAmountError(AmountError):
    """A text is an amount with a qualifier, or a range, where one exact amount is taken.

    ``problem`` is the sentence for a field, which has others beside it.
    """

    def __init__(self, value: object, said: str) -> None:
        super().__init__(value, _INEXACT[said == "range"].format(said))
        self.args, self.said = (value, said), said

    def _sentence(self) -> str:
        what = "a range" if self.said == "range" else f"not exact but {self.said}"
        return f"{brief(self.value)} is no exact amount: it is {what}; parse_amount keeps that"


_INEXACT = (
    "is not exact; write the amount alone here, and {} in qualifier",
    "is a range; write its lower end here and its upper end in high",
)


class LocaleError(CommonProsperityError, ValueError):
    """A text is no locale that CLDR has."""

    def __init__(self, name: object) -> None:
        super().__init__(name)
        self.name = name

    def _sentence(self) -> str:
        return f"{brief(self.name)} is no locale; write one such as en, zh_CN or de"


class StyleError(CommonProsperityError, ValueError):
    """A text is no style that amounts are written in."""

    def __init__(self, style: object, known: tuple[str, ...]) -> None:
        super().__init__(style, known)
        self.style, self.known = style, known

    def _sentence(self) -> str:
        return f"{brief(self.style)} is no style; there are {', '.join(self.known)}"


class FormatError(CommonProsperityError, ValueError):
    """A text is no format specification that a value takes; ``forms`` names the right ones."""

    def __init__(self, spec: object, forms: str) -> None:
        super().__init__(spec, forms)
        self.spec, self.forms = spec, forms

    def _sentence(self) -> str:
        return f"{brief(self.spec)} is no format specification; give {self.forms}"


class ZeroAmountError(AmountError, ZeroDivisionError):
    """An amount was divided by an amount of zero."""

    def _sentence(self) -> str:
        return f"cannot divide {label(self.value)} by {self.problem}"


class CurrencyError(CommonProsperityError, ValueError):
    """A text is no currency code of CLDR, or is one that stands for no money (XTS, XXX)."""

    def __init__(self, code: object, meant: str | None = None) -> None:
        super().__init__(code, meant)
        self.code, self.meant = code, meant

    def _sentence(self) -> str:
        way_out = (
            f"did you mean {self.meant}?" if self.meant else "use an ISO 4217 code such as CNY"
        )
        return f"{label(self.code)} is no currency code; {way_out}"


class CurrencyMismatchError(CommonProsperityError, ValueError):
    """Amounts of two currencies met without a rate between them."""

    def __init__(self, operation: str, left: str, right: str) -> None:
        super().__init__(operation, left, right)
        self.operation, self.left, self.right = operation, left, right

    def _sentence(self) -> str:
        return (
            f"cannot {self.operation} {self.left} and {self.right} without a rate; "
            f"convert one of them first, with convert(money, {self.left!r}, on=...)"
        )


class PeriodError(CommonProsperityError, ValueError):
    """A value is no day, month, quarter, year or span."""

    def __init__(self, value: object, problem: str | None = None) -> None:
        super().__init__(value, problem)
        self.value, self.problem = value, problem

    def _sentence(self) -> str:
        forms = "write 2021-09-02, 2021-04, 2021-Q2, 2021 or 2021-09-02/2024-12-31"
        return f"{brief(self.value)} is no period: {self.problem or forms}"


class RateNotFoundError(CommonProsperityError, LookupError):
    """No rate is known for a pair of currencies on a date.

    ``currency`` is the side of the pair that is missing, ``known`` says what there is of it, and
    ``nearest`` holds the days nearest to the one asked for on which it was published, if any.
    """

    def __init__(  # noqa: PLR0913 (the facts of the error)
        self, base: str, quote: str, on: str, currency: str, known: str, nearest: tuple[date, ...]
    ) -> None:
        super().__init__(base, quote, on, currency, known, nearest)
        self.base, self.quote, self.on = base, quote, on
        self.currency, self.known, self.nearest = currency, known, nearest

    def _sentence(self) -> str:
        return (
            f"no {self.currency} rate on {self.on}; {self.known} "
            f"(asked for {self.base} to {self.quote})"
        )


class MissingRatesError(RateNotFoundError):
    """Rates are not known that pledges need; the other facts are those of the first one.

    ``missing`` holds them all: each with the `RateNotFoundError` of its look-up and the ids of the
    pledges that need it.
    """

    def __init__(self, missing: tuple[tuple[RateNotFoundError, tuple[str, ...]], ...]) -> None:
        super().__init__(*missing[0][0].args)
        self.args, self.missing = (missing,), missing

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


class RateContradictionError(AmountError):
    """The factor of a pair is another one by other pairs, beyond the rounding of them all.

    ``pair`` and ``factor`` are those at fault; ``others`` are the pairs by which the factor is
    ``implied``. There are none where a currency is not 1 of itself.
    """

    def __init__(self, pair: str, factor: str, others: tuple[str, ...], implied: str) -> None:
        super().__init__(pair, f"it is {implied} by {', '.join(others)}")
        self.args = (pair, factor, others, implied)
        self.pair, self.factor, self.others, self.implied = self.args

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


class DownloadError(CommonProsperityError, OSError):
    """A file could not be fetched, or is not the one that was asked for."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(url, problem)
        self.url, self.problem = url, problem

    def _sentence(self) -> str:
        return f"{one_line(self.url, _PLACE_AT_MOST)}: {self.problem}"


class UnitError(CommonProsperityError, ValueError):
    """A text is no unit, or a quantity has no value in a unit."""

    def __init__(self, value: object, problem: str) -> None:
        super().__init__(value, problem)
        self.value, self.problem = value, problem

    def _sentence(self) -> str:
        return f"{brief(self.value)}: {self.problem}"


class RecordError(CommonProsperityError, ValueError):
    """A field of a record is given what it cannot hold."""

    def __init__(self, field: str, value: object, problem: str) -> None:
        super().__init__(field, value, problem)
        self.field, self.value, self.problem = field, value, problem

    def _sentence(self) -> str:
        return f"{self.field}: {brief(self.value)} {self.problem}"


class FieldError(CommonProsperityError, LookupError):
    """A name is no field of a pledge."""

    def __init__(self, name: object, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name, self.known = name, known

    def _sentence(self) -> str:
        near = suggestion(self.name, self.known)
        return (
            f"{brief(self.name)} is no field of a pledge{near}; there are {', '.join(self.known)}"
        )


class ValueNotFoundError(CommonProsperityError, LookupError):
    """No record of a dataset has a value in a field; ``known`` are the values that there are."""

    def __init__(self, field: str, value: object, known: tuple[str, ...]) -> None:
        super().__init__(field, value, known)
        self.field, self.value, self.known = field, value, known

    def _sentence(self) -> str:
        near = suggestion(self.value, self.known)
        are = "is" if len(self.known) == 1 else "are"
        there = f"there {are} {listed(self.known)}" if self.known else "there is none at all"
        return f"{self.field}: there is no {brief(self.value)}{near}; {there}"


class RecordNotFoundError(CommonProsperityError, KeyError):
    """A dataset has no record with an id."""

    def __init__(self, record_id: object, known: tuple[str, ...]) -> None:
        super().__init__(record_id, known)
        self.id, self.known = record_id, known

    def _sentence(self) -> str:
        return f"no record {brief(self.id)}{suggestion(self.id, self.known)}"


class DatasetNotFoundError(CommonProsperityError, LookupError):
    """No built-in dataset has a name."""

    def __init__(self, name: object, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name, self.known = name, known

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
        place, problem = one_line(self.place, _PLACE_AT_MOST), one_line(self.problem)
        return ": ".join(filter(None, (place, label(self.record), label(self.field), problem)))


class DatasetError(CommonProsperityError, ValueError):
    """Records do not fit together; ``faults`` holds everything that is wrong, at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        """Return the faults, each on a line of its own."""
        return "\n".join(map(str, self.faults))


class FileError(DatasetError):
    """A file cannot be read as a dataset; it is read whole or not at all."""


class MissingExtraError(CommonProsperityError, ImportError):
    """A package that a function needs is not installed.

    ``extra`` is the extra of this library that brings it, or None where users bring their own.
    """

    def __init__(self, package: str, extra: str | None = None) -> None:
        super().__init__(package, extra)
        self.package, self.extra = package, extra

    @property
    def command(self) -> str:
        """The command that installs it."""
        wanted = f'"commonprosperity[{self.extra}]"' if self.extra else self.package
        return f"pip install {wanted}"

    def _sentence(self) -> str:
        return f"{self.package} is not installed; run: {self.command}"
