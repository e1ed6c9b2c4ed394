"""What errors say, as sentences that can be said in Chinese."""

from collections.abc import Iterable, Sequence
from functools import singledispatch

from commonprosperity.errors import (
    CommonProsperityError,
    CountryError,
    CurrencyError,
    FieldError,
    LocaleError,
    MissingRatesError,
    PeriodError,
    RateNotFoundError,
    RecordNotFoundError,
    SharedNameError,
    ValueNotFoundError,
)
from commonprosperity.messages import Sentence, together
from commonprosperity.quoting import brief, label, listed, nearest

_LISTED_AT_MOST = 20


@singledispatch
def error_sentence(error: CommonProsperityError) -> str:
    """Return what an error says as a sentence; of the errors that have none, their English text.

    >>> from commonprosperity.messages import in_language
    >>> in_language("zh_CN")(error_sentence(CurrencyError("RMB", "CNY")))
    'RMB 不是货币代码；是否应为 CNY？'
    """  # noqa: RUF002 (as Chinese writes it)
    return str(error)


@error_sentence.register
def rate_sentence(error: RateNotFoundError) -> Sentence:
    """Say what the error of a missing rate says."""
    return Sentence(
        "no {currency:currency} rate on {on}; {known:say} "
        "(asked for {base:currency} to {quote:currency})",
        currency=error.currency, on=error.on, known=error.known,
        base=error.base, quote=error.quote,
    )  # fmt: skip


@error_sentence.register
def _(error: MissingRatesError) -> str:
    clauses = [
        Sentence(
            "no {currency:currency} rate on {on}; {known:say} "
            "(asked for {base:currency} to {quote:currency} by {ids:say})",
            currency=first.currency, on=listed(dates, 3), known=first.known,
            base=first.base, quote=first.quote, ids=_list(ids, 5),
        )
        for first, dates, ids in error.by_pair
    ]  # fmt: skip
    more = len(clauses) - 5
    rest = [Sentence("and {count} more", count=str(more))] if more > 0 else []
    return together([*clauses[:5], *rest])


@error_sentence.register
def _(error: CurrencyError) -> Sentence:
    if error.meant:
        return Sentence(
            "{code} is no currency code; did you mean {meant}?",
            code=label(error.code), meant=error.meant,
        )  # fmt: skip
    return Sentence(
        "{code} is no currency code; use an ISO 4217 code such as CNY", code=label(error.code)
    )


@error_sentence.register
def _(error: CountryError) -> Sentence:
    if error.meant:
        return Sentence(
            "{code} is no country code of two letters; did you mean {meant}?",
            code=brief(error.code), meant=error.meant,
        )  # fmt: skip
    return Sentence(
        "{code} is no country code of two letters; use a code of ISO 3166 such as CN",
        code=brief(error.code),
    )


@error_sentence.register
def _(error: LocaleError) -> Sentence:
    return Sentence(
        "{name} is no locale; write one such as en, zh_CN or de", name=brief(error.name)
    )


@error_sentence.register
def _(error: PeriodError) -> str:
    if error.problem:
        return str(error)
    return Sentence(
        "{value} is no period: write 2021-09-02, 2021-04, 2021-Q2, 2021 or 2021-09-02/2024-12-31",
        value=brief(error.value),
    )


@error_sentence.register
def _(error: RecordNotFoundError) -> str:
    if error.is_other or error.kind != "record":
        return str(error)
    sentence = Sentence("no record {id}", id=brief(error.id))
    return _with_nearest(sentence, error.id, error.known)


@error_sentence.register
def _(error: SharedNameError) -> Sentence:
    return Sentence(
        "{count} records are called {name}; give the id of one: {ids:say}",
        count=len(error.ids), name=brief(error.name), ids=_list(error.ids),
    )  # fmt: skip


@error_sentence.register
def _(error: FieldError) -> Sentence:
    sentence = Sentence("{name} is no field of a pledge", name=brief(error.name))
    return Sentence(
        "{told:say}; there are {names:say}",
        told=_with_nearest(sentence, error.name, error.known), names=_list(error.known, 40),
    )  # fmt: skip


@error_sentence.register
def _(error: ValueNotFoundError) -> str:
    if error.way_out or not error.known:
        return str(error)
    sentence = Sentence("{field}: there is no {value}", field=error.field, value=brief(error.value))
    told = _with_nearest(sentence, error.value, error.known)
    if len(error.known) == 1:
        return Sentence("{told:say}; there is {names:say}", told=told, names=_list(error.known))
    return Sentence("{told:say}; there are {names:say}", told=told, names=_list(error.known))


def _with_nearest(sentence: Sentence, wrong: object, known: Iterable[str]) -> Sentence:
    """Say which of the known words may have been meant, if one is near."""
    near = nearest(wrong, known)
    return (
        Sentence("{told:say}; did you mean {near}?", told=sentence, near=near) if near else sentence
    )


def _list(values: Sequence[object], at_most: int = _LISTED_AT_MOST) -> str:
    more = len(values) - at_most
    names = listed(values[:at_most], at_most)
    return Sentence("{names} and {count} more", names=names, count=more) if more > 0 else names
