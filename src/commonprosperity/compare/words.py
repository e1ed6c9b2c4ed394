"""What an effect says has happened, in one sentence."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from commonprosperity.compare.effect import Cause
from commonprosperity.compare.side import Side
from commonprosperity.compare.steps import FACTS
from commonprosperity.counting import is_nothing
from commonprosperity.period import Period
from commonprosperity.records import Pledge
from commonprosperity.records.labels import STAGE_NAMES, VALUES
from commonprosperity.sentence import Sentence
from commonprosperity.totals import Due, Total


def what_happened(cause: Cause, ids: Sequence[str], old: Side, new: Side) -> Sentence:
    """Say what happened to the first of some records, and to how many others."""
    if not ids:
        return Sentence("known on another day")
    first, *others = ids
    what = _what(cause, first, old, new)
    return Sentence("{what:say}; {count} more", what=what, count=len(others)) if others else what


def rate_change(due: Due, old: Total, new: Total) -> Sentence:
    """Say what an amount of one currency and value date was worth, and what it is worth."""
    currency, start, end, _ = due
    before, after = (_six_digits(total.factor(due)) for total in (old, new))
    return Sentence(
        "1 {currency:currency} of {date:date}: {old} {to:currency} before, {new} now",
        currency=currency, date=Period(start, end), old=before, new=after, to=new.currency,
    )  # fmt: skip


def _six_digits(factor: Fraction) -> str:
    return f"{float(factor):.6g}"


def _what(cause: Cause, id_: str, old: Side, new: Side) -> Sentence:
    one, other = old.get(id_), new.get(id_)
    if cause is Cause.SUPERSEDED or cause is Cause.RESTATED:
        return _tied(cause, one, other)
    if one and other and cause in _CHANGES:
        pool = str(one.initiative)
        if cause is Cause.OTHER and pool in old.pooled ^ new.pooled:
            is_pool = Sentence("{id} is a pool now", id=pool)
            return is_pool if pool in new.pooled else Sentence("{id} was a pool before", id=pool)
        return _CHANGES[cause](one, other)
    pledge = one or other
    return Sentence(
        "{amount:words} of {announced:date}",
        amount=pledge and pledge.amount, announced=pledge and pledge.announced,
    )  # fmt: skip


def _tied(cause: Cause, old: Pledge | None, new: Pledge | None) -> Sentence:
    """Say which other record a record supersedes or restates, or did before."""
    record = new or old
    field = FACTS[cause][0]
    before, after = (getattr(each, field) if each else None for each in (old, new))
    facts = {"id": record and record.id, "other": after or before}
    if after and after != before:
        if cause is Cause.RESTATED:
            return Sentence("{id} restates {other}", **facts)
        if new and is_nothing(new):
            return Sentence("{id} withdraws {other}", **facts)
        return Sentence("{id} supersedes {other}", **facts)
    if before and before != after:
        if cause is Cause.RESTATED:
            return Sentence("{id} restated {other} before", **facts)
        return Sentence("{id} superseded {other} before", **facts)
    return Sentence("{id} is a record of the same pledge", id=record and record.id)


def _amount(old: Pledge, new: Pledge) -> Sentence:
    if old.amount == new.amount:
        return Sentence("{amount:words}, with other figures", amount=new.amount)
    return Sentence("{old:words} before, {new:words} now", old=old.amount, new=new.amount)


def _part(old: Pledge, new: Pledge) -> Sentence:
    facts = {"old": old.part_of, "new": new.part_of}
    if old.part_of is None:
        return Sentence("part of {new} now", **facts)
    if new.part_of is None:
        return Sentence("part of {old} before", **facts)
    return Sentence("part of {old} before, of {new} now", **facts)


def _stage(old: Pledge, new: Pledge) -> Sentence:
    before, after = STAGE_NAMES[old.stage], STAGE_NAMES[new.stage]
    return Sentence("{old:say} before, {new:say} now", old=before, new=after)


def _date(old: Pledge, new: Pledge) -> Sentence:
    announced = old.value_date == new.value_date
    before, after = (each.announced if announced else each.value_date for each in (old, new))
    return Sentence("{old:date} before, {new:date} now", old=before, new=after)


def _other(old: Pledge, new: Pledge) -> Sentence:
    fields = FACTS[Cause.OTHER]
    field = next(field for field in fields if getattr(old, field) != getattr(new, field))
    before, after = (getattr(each, field) for each in (old, new))
    return Sentence(
        "{field:heading}: {old:say} before, {new:say} now",
        field=field, old=_value(before), new=_value(after),
    )  # fmt: skip


def _value(value: Any) -> Any:
    return VALUES.get(value, value) if value is not None else "–"


_CHANGES: Mapping[Cause, Callable[[Pledge, Pledge], Sentence]] = {
    Cause.AMOUNT: _amount,
    Cause.PART: _part,
    Cause.STAGE: _stage,
    Cause.DATE: _date,
    Cause.OTHER: _other,
}
