"""Amounts as a table states them: a number beside its currency, or all in words."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import Any, Self

import attrs

from commonprosperity.errors import (
    AmbiguousAmountError,
    AmountError,
    CellError,
    CommonProsperityError,
    InexactAmountError,
)
from commonprosperity.flat.columns import AMOUNTS
from commonprosperity.flat.heading_currency import currency_in_heading, refuse_other_currency
from commonprosperity.flat.points import doubtful_mark, has_two_readings, two_readings
from commonprosperity.flat.scales import names_a_scale
from commonprosperity.money import Money, ParsedAmount, parse_amount
from commonprosperity.patterns import pattern
from commonprosperity.quoting import brief, label
from commonprosperity.sentence import NO_SENTENCE, Sentence
from commonprosperity.wording import EXACT, Qualifier, currency_codes

_IN_DIGITS = pattern(r"[-+0-9.eE]+")
_SAME_IN_ALL_LOCALES = pattern(r"-?[0-9]+|-?[0-9.]+[eE][+-]?[0-9]+")

_KEPT_AT_MOST = 10_000  # texts


@attrs.frozen
class Spelling:
    """How amounts are written, as in `parse_amount`.

    ``power`` is the power of ten that the numbers of a table are multiplied by, where the caller
    gives a scale. ``doubtful`` is whether commas may divide decimals, as in the files that have
    semicolons or tabs between cells, unless a locale says. ``scales_equivalents`` is whether these
    are numbers of the table as well; our own tables have them in full. ``headings`` are those of
    amounts that name their currency, by column: ``{"amount": "Amount (USD m)"}``.
    """

    symbols: Mapping[str, str] | None = None
    default: str | None = None
    locale: str | None = None
    power: int | None = None
    doubtful: bool = False
    scales_equivalents: bool = False
    headings: Mapping[str, str] = attrs.field(factory=dict)

    def under(self, texts: Sequence[str], names: Sequence[str | None]) -> Self:
        """Return how amounts are written under the headings of a table, given what these name."""
        codes = {
            name: (text, code)
            for text, name in zip(texts, names, strict=True)
            if name in AMOUNTS and (code := currency_in_heading(text, self.symbols, self.default))
        }
        headings = {name: text for name, (text, _) in codes.items()}
        _, default = codes.get("amount", ("", self.default))
        return attrs.evolve(self, headings=headings, default=default)

    @cached_property
    def read(self) -> Callable[[str, str | None], ParsedAmount]:
        """The reader of amounts in words, given what the column currency says.

        It reads each text once, as many rows have the same one.
        """
        return lru_cache(_KEPT_AT_MOST)(self._read)

    def scaled(self, money: Money) -> Money:
        """Multiply a number of the table by its scale."""
        if not self.power:
            return money
        return Money(EXACT.scaleb(money.amount, self.power), money.currency)

    def _read(self, text: str, currency: str | None) -> ParsedAmount:
        read = partial(parse_amount, default=currency or self.default, locale=self.locale)
        try:
            stated = read(text, symbols=self.symbols)
        except AmbiguousAmountError as error:
            known = currency or (self.default if "amount" in self.headings else None)
            if known not in error.candidates:
                raise
            # The column, or the heading, says which of its currencies $ is.
            symbols = {**(self.symbols or {}), error.symbol: str(known)}
            stated = read(text, symbols=symbols)
        if currency and stated.money.currency != currency:
            problem = Sentence(
                "is in {currency}, and column currency says {other}",
                currency=stated.money.currency, other=label(currency),
            )  # fmt: skip
            raise CellError(problem)
        ends = (stated.money, stated.high) if stated.high else (stated.money,)
        if not self.locale and has_two_readings(text, *ends):
            raise two_readings(text)
        return stated


def stated_amounts(
    cells: Mapping[str, str], spelling: Spelling
) -> tuple[dict[str, Any], dict[str, Sentence]]:
    """Return the amounts of a row, and what is wrong with the others, by their columns.

    >>> stated_amounts({"amount": "1,000", "currency": "CNY"}, Spelling())
    ({'amount': Money('1000', 'CNY')}, {})
    """
    content: dict[str, Any] = {}
    problems = {}
    for column in ("amount", "high", "equivalents"):
        try:
            if column in cells:
                content |= _content(column, cells, spelling)
        except (AmbiguousAmountError, InexactAmountError) as error:
            give = NO_SENTENCE
            if isinstance(error, AmbiguousAmountError) and "currency" not in cells:
                give = _settling_argument(error)
            problems[column] = Sentence(
                "{value} {problem:say}{give:say}",
                value=brief(error.value), problem=error.problem, give=give,
            )  # fmt: skip
        except CommonProsperityError as error:
            problems[column] = error.sentence
            if column == "amount" and _is_note(cells[column], error):
                problems[column] = Sentence(
                    "{problem:say}; {way_out:say}",
                    problem=error.sentence, way_out=leave_the_row_out(column, cells[column]),
                )  # fmt: skip
    return content, problems


def leave_the_row_out(field: str, cell: str) -> Sentence:
    """Return the way out of a row that is no pledge, as a cell of it says."""
    return Sentence(
        "leave the row out, as a layout does with skip.{field} = {cell}",
        field=field, cell=brief(cell),
    )  # fmt: skip


def _is_note(cell: str, error: CommonProsperityError) -> bool:
    """Whether a cell tells why there is no amount, as n/a, TBC and 未披露 do."""
    is_advised = "did you mean" in str(error)
    return getattr(error, "at", None) == 0 and not is_advised and not any(map(str.isnumeric, cell))


def _settling_argument(error: AmbiguousAmountError) -> Sentence:
    """Say what settles for a whole table which currency its amounts are in."""
    argument = 'default="CNY"'
    if error.candidates:
        argument = f'symbols={{"{error.symbol}": "{error.candidates[0]}"}}'
    return Sentence(", or give {arguments:or}", arguments=[argument])


def _content(column: str, cells: Mapping[str, str], spelling: Spelling) -> dict[str, Any]:
    content = _amounts(column, cells, spelling)
    if column in spelling.headings:
        refuse_other_currency(spelling.headings[column], content[column].currency)
    return content


def _amounts(column: str, cells: Mapping[str, str], spelling: Spelling) -> dict[str, Any]:
    cell, currency = cells[column], cells.get("currency")
    mark = doubtful_mark(cell) if spelling.doubtful and not spelling.locale else None
    if mark:
        raise two_readings(cell, mark)
    if column == "equivalents":
        parts = [part.strip() for part in cell.split(";")]
        return {column: [_equivalent(part, spelling) for part in parts if part]}
    number = _number(cell, currency, spelling)
    if number is not None:
        return {column: spelling.scaled(number)}
    _refuse_two_scales(cell, spelling)
    if column == "high":
        return {column: spelling.scaled(_exact(cell, currency, spelling))}
    stated = spelling.read(cell, currency)
    firmness = _firmness(stated, cells)
    ends = {column: stated.money, **({"high": stated.high} if stated.high else {})}
    return {**firmness, **{name: spelling.scaled(end) for name, end in ends.items()}}


def _equivalent(part: str, spelling: Spelling) -> Money:
    """Read an equivalent: a number and its currency, or words."""
    if spelling.scales_equivalents:
        _refuse_two_scales(part, spelling)
    number, _, currency = part.rpartition(" ")
    money = _number(number, currency, spelling) if currency in currency_codes() else None
    money = money or _exact(part, None, spelling)
    return spelling.scaled(money) if spelling.scales_equivalents else money


def _refuse_two_scales(cell: str, spelling: Spelling) -> None:
    if spelling.power and names_a_scale(cell, spelling.locale):
        problem = Sentence(
            "{cell} names a scale, and scale= gives one to its whole column; write the number "
            "alone",
            cell=brief(cell),
        )
        raise CellError(problem)


def _number(cell: str, currency: str | None, spelling: Spelling) -> Money | None:
    """Read a number beside its currency; None for what is to be read as words."""
    digits = _SAME_IN_ALL_LOCALES if spelling.locale else _IN_DIGITS
    if not currency or not digits.fullmatch(cell):
        return None
    try:
        money = Money(cell, currency)
    except AmountError:
        return None
    if not spelling.locale and has_two_readings(cell, money):
        raise two_readings(cell)
    return money


def _exact(text: str, currency: str | None, spelling: Spelling) -> Money:
    """Read one exact amount in words, as no other column could hold a qualifier of it."""
    stated = spelling.read(text, currency)
    if stated != ParsedAmount(stated.money):
        problem = Sentence(
            "{text} is not one exact amount; write one number with its currency",
            text=brief(text),
        )
        raise CellError(problem)
    return stated.money


def _firmness(stated: ParsedAmount, cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the qualifier and the upper end that words give, where no column differs.

    "up to 5 million" says up_to, and "5-10 million" has 10 million for its upper end.
    """
    firmness: dict[str, Any] = {}
    if stated.qualifier != Qualifier.EXACT:
        firmness["qualifier"] = stated.qualifier
    if stated.high is not None:
        firmness["high"] = stated.high
    for name, value in firmness.items():
        if name in cells and (name == "high" or cells[name] != value):
            problem = Sentence(
                "says {value}, and column {name} {cell}; keep one of the two",
                value=value, name=name, cell=label(cells[name]),
            )  # fmt: skip
            raise CellError(problem)
    return firmness
