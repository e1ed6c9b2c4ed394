"""Errors of amounts, currencies and units, and of how they are written."""

from decimal import Decimal

import attrs

from commonprosperity.errors.base import CommonProsperityError
from commonprosperity.quoting import brief, label


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

    ``problem`` is the sentence for a field, where no symbols can be given; ``takes_symbols`` is
    whether the caller can give them. ``candidates`` are the codes that it may have, the likely
    ones first, and none where the text names no currency; ``amount`` is the number that was read,
    and ``symbol`` what is ambiguous.
    """

    value: object
    symbol: str
    candidates: tuple[str, ...]
    amount: Decimal
    takes_symbols: bool = True
    problem: str = attrs.field(init=False)
    at: None = attrs.field(init=False, default=None)

    @problem.default
    def _problem(self) -> str:
        likely = self.candidates[0] if self.candidates else "CNY"
        return f"does not say which currency it is in; write its code, such as {likely}"

    def _sentence(self) -> str:
        if not self.takes_symbols:
            return f"{brief(self.value)} {self.problem}"
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
    way_out: str = ""

    def _sentence(self) -> str:
        convert = f"convert one of them first, with convert(money, {self.left!r}, on=...)"
        return (
            f"cannot {self.operation} {self.left} and {self.right} without a rate; "
            f"{self.way_out or convert}"
        )


@attrs.define(slots=False)
class UnitError(CommonProsperityError, ValueError):
    """A text is no unit, or a quantity has no value in a unit."""

    value: object
    problem: str

    def _sentence(self) -> str:
        return f"{brief(self.value)}: {self.problem}"


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


@attrs.define(slots=False)
class TextError(CommonProsperityError, ValueError):
    """A value is no text that amounts can be found in."""

    value: object
    problem: str

    def _sentence(self) -> str:
        return f"{brief(self.value)} {self.problem}"
