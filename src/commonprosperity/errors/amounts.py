"""Errors of amounts, currencies and units, and of how they are written."""

from decimal import Decimal

import attrs

from commonprosperity.errors.base import CommonProsperityError
from commonprosperity.quoting import brief, label, listed
from commonprosperity.sentence import Sentence

_LISTED_AT_MOST = 4  # currencies that a symbol may stand for


@attrs.define(slots=False)
class AmountError(CommonProsperityError, ValueError):
    """A value is no amount that the library can hold exactly, or a text is no single amount.

    ``at`` is the place of the character in the text where reading stopped, from 0, if there is one.
    """

    value: object
    problem: Sentence
    at: int | None = None

    def _sentence(self) -> Sentence:
        rest = "" if self.at is None or not isinstance(self.value, str) else self.value[self.at :]
        if self.at is None or not rest:
            return Sentence(
                "{value} is no amount: {problem:say}",
                value=brief(self.value), problem=self.problem,
            )  # fmt: skip
        return Sentence(
            "{value} is no amount: at character {number}, {rest}: {problem:say}",
            value=brief(self.value), number=self.at + 1, rest=brief(rest), problem=self.problem,
        )  # fmt: skip


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
    problem: Sentence = attrs.field(init=False)
    at: None = attrs.field(init=False, default=None)

    @problem.default
    def _problem(self) -> Sentence:
        likely = self.candidates[0] if self.candidates else "CNY"
        return Sentence(
            "does not say which currency it is in; write its code, such as {likely}", likely=likely
        )

    def _sentence(self) -> Sentence:
        value = brief(self.value)
        if not self.takes_symbols:
            return Sentence("{value} {problem:say}", value=value, problem=self.problem)
        if not self.candidates:
            return Sentence(
                '{value} names no currency; give default="CNY" if that is meant', value=value
            )
        symbol, code = label(self.symbol), self.candidates[0]
        return Sentence(
            "{value} is ambiguous: {symbol} is {known:say}; give {argument} if that is meant",
            value=value, symbol=symbol, known=self._known(),
            argument=f'symbols={{"{symbol}": "{code}"}}',
        )  # fmt: skip

    def _known(self) -> Sentence:
        known, more = self.candidates[:_LISTED_AT_MOST], len(self.candidates) - _LISTED_AT_MOST
        if more <= 0:
            return listed(known)
        return Sentence("{known:list} or one of {count} others", known=known, count=more)


@attrs.define(slots=False)
class InexactAmountError(AmountError):
    """A text is an amount with a qualifier, or a range, where one exact amount is expected.

    ``form`` is the qualifier, or ``range``; ``problem`` is the sentence for a field, which has
    others beside it.
    """

    value: object
    form: str
    problem: Sentence = attrs.field(init=False)
    at: None = attrs.field(init=False, default=None)

    @problem.default
    def _problem(self) -> Sentence:
        if self.form == "range":
            return Sentence("is a range; write its lower end here and its upper end in high")
        return Sentence(
            "is not exact; write the amount alone here, and {form} in qualifier", form=self.form
        )

    def _sentence(self) -> Sentence:
        value = brief(self.value)
        if self.form == "range":
            return Sentence(
                "{value} is no exact amount: it is a range; parse_amount keeps that, and a pledge "
                "has its upper end in high",
                value=value,
            )
        return Sentence(
            "{value} is no exact amount: it is not exact but {form}; parse_amount keeps that, and "
            "a pledge has {form} as its qualifier",
            value=value, form=self.form,
        )  # fmt: skip


class ZeroAmountError(AmountError, ZeroDivisionError):
    """An amount was divided by zero; ``problem`` is that zero, such as ``0 CNY``."""

    def _sentence(self) -> Sentence:
        return Sentence(
            "cannot divide {value} by {zero:say}", value=label(self.value), zero=self.problem
        )


@attrs.define(slots=False)
class CurrencyError(CommonProsperityError, ValueError):
    """A text is no currency code of CLDR, or is one that stands for no money (XTS, XXX)."""

    code: object
    meant: str | None = None

    def _sentence(self) -> Sentence:
        code = label(self.code)
        if self.meant:
            return Sentence(
                "{code} is no currency code; did you mean {meant}?", code=code, meant=self.meant
            )
        return Sentence("{code} is no currency code; use an ISO 4217 code such as CNY", code=code)


@attrs.define(slots=False)
class CurrencyMismatchError(CommonProsperityError, ValueError):
    """Amounts of two currencies met without a rate between them."""

    operation: Sentence
    left: str
    right: str
    way_out: Sentence | None = None

    def _sentence(self) -> Sentence:
        convert = Sentence(
            "convert one of them first, with convert(money, {code}, on=...)", code=repr(self.left)
        )
        return Sentence(
            "cannot {operation:say} {left} and {right} without a rate; {way_out:say}",
            operation=self.operation, left=self.left, right=self.right,
            way_out=self.way_out or convert,
        )  # fmt: skip


@attrs.define(slots=False)
class UnitError(CommonProsperityError, ValueError):
    """A text is no unit, or a quantity has no value in a unit."""

    value: object
    problem: Sentence

    def _sentence(self) -> Sentence:
        return Sentence("{value}: {problem:say}", value=brief(self.value), problem=self.problem)


@attrs.define(slots=False)
class LocaleError(CommonProsperityError, ValueError):
    """A text is no locale that CLDR has."""

    name: object

    def _sentence(self) -> Sentence:
        return Sentence(
            "{name} is no locale; write one such as en, zh_CN or de", name=brief(self.name)
        )


@attrs.define(slots=False)
class StyleError(CommonProsperityError, ValueError):
    """A text is no style that amounts are written in."""

    style: object
    known: tuple[str, ...]

    def _sentence(self) -> Sentence:
        return Sentence(
            "{style} is no style; there are {known:list}",
            style=brief(self.style), known=self.known,
        )  # fmt: skip


@attrs.define(slots=False)
class FormatError(CommonProsperityError, ValueError):
    """A text is no format specification that a value takes; ``forms`` names the right ones."""

    spec: object
    forms: Sentence

    def _sentence(self) -> Sentence:
        return Sentence(
            "{spec} is no format specification; give {forms:say}",
            spec=brief(self.spec), forms=self.forms,
        )  # fmt: skip


@attrs.define(slots=False)
class TextError(CommonProsperityError, ValueError):
    """A value is no text that amounts can be found in."""

    value: object
    problem: Sentence

    def _sentence(self) -> Sentence:
        return Sentence("{value} {problem:say}", value=brief(self.value), problem=self.problem)
