"""Corrections that take away more than there is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.checks.span import rounded
from commonprosperity.counting import Counting, is_known
from commonprosperity.money import Money
from commonprosperity.quoting import listed
from commonprosperity.records import Pledge, Stage
from commonprosperity.sentence import Sentence


class Group(NamedTuple):
    """What a correction may correct: the records inside a whole, or of a company's initiative."""

    whole: str | None
    company: str
    initiative: str | None
    stage: Stage
    currency: str


def check_corrections(examination: Examination) -> Iterator[Finding]:
    """Find corrections that exceed the record, or the records, that they correct.

    Rounding is allowed on both sides.
    """
    off: set[str] = set()
    for pledge, corrections in examination.counting.corrections():
        off.update(correction.id for correction in corrections)
        if _exceed(corrections, [pledge], pledge.amount.currency):
            yield _more_than_a_record(pledge, corrections)
    free = [one for one in examination.pledges if one.is_correction and one.id not in off]
    if any(map(examination.counting.counts, free)):
        yield from _check_free({pledge.id for pledge in free}, examination)


def _check_free(selected: set[str], examination: Examination) -> Iterator[Finding]:
    """Compare corrections that no record is named for with all that they may correct.

    It is of their stage and currency, selected or not, and inside the same whole. Where they are
    inside none, it is of the same company and initiative, or of any where they name none.
    """
    known = (one for one in examination.book.pledges if is_known(one, examination.links.day))
    counting = Counting(tuple(known), examination.links)
    for group, pledges in _groups(counting).items():
        corrections = [one for one in pledges if one.is_correction]
        others = [one for one in pledges if not one.is_correction]
        own = {one.id for one in corrections if group.whole or one.initiative == group.initiative}
        if own & selected and _exceed(corrections, others, group.currency):
            yield _more_than_records(corrections, others, group.currency)


def _groups(counting: Counting) -> dict[Group, list[Pledge]]:
    """Put each record where it may be corrected, with what its own corrections leave of it.

    A record of an initiative is also among all records of its company.
    """
    off = {one.id for _, corrections in counting.corrections() for one in corrections}
    wholes = {part.id: whole for whole, parts in counting.wholes() for part in parts}
    groups: dict[Group, list[Pledge]] = defaultdict(list)
    for pledge in counting.selected:
        if pledge.id not in off and counting.counts(pledge):
            whole = wholes.get(pledge.id)
            company, currency = (whole or pledge).company, (whole or pledge).amount.currency
            group = Group(whole.id if whole else None, company, None, pledge.stage, currency)
            of_initiative = group if whole else group._replace(initiative=pledge.initiative)
            for each in {group, of_initiative}:
                groups[each].append(counting.corrected(pledge))
    return groups


def _exceed(corrections: list[Pledge], corrected: list[Pledge], currency: str) -> bool:
    """Whether corrections take away more than there is, give or take half of each last digit."""
    figures = _figures((*corrections, *corrected), currency)
    most = sum(Fraction(each.amount) + Fraction(each.half_last_digit) for each in figures)
    return bool(corrections) and most < 0


def _figures(pledges: Iterable[Pledge], currency: str) -> list[Money]:
    return [pledge.amount_in(currency) or pledge.amount for pledge in pledges]


def _sum(pledges: Iterable[Pledge], currency: str) -> Money:
    """Add up amounts, or what they take away."""
    exact = sum((Fraction(each.amount) for each in _figures(pledges, currency)), Fraction(0))
    return rounded(abs(exact), currency)


def _more_than_a_record(pledge: Pledge, corrections: list[Pledge]) -> Finding:
    sum_ = _sum(corrections, pledge.amount.currency)
    message = Sentence(
        "the corrections of {id} come to {sum:words}, more than its {amount:words}",
        id=pledge.id, sum=sum_, amount=pledge.amount,
    )  # fmt: skip
    ids = pledge.id, *(correction.id for correction in corrections)
    return Finding(Severity.ERROR, "corrections-exceed", ids, message, (pledge.amount, sum_))


def _more_than_records(corrections: list[Pledge], others: list[Pledge], currency: str) -> Finding:
    ids = tuple(correction.id for correction in corrections)
    sum_, amount = _sum(corrections, currency), _sum(others, currency)
    message = Sentence(
        "{sum:words} is taken away by {ids}, and what may be corrected is {amount:words}; see "
        "whether a record is missing",
        ids=listed(ids), sum=sum_, amount=amount,
    )  # fmt: skip
    return Finding(Severity.WARNING, "corrections-exceed", ids, message, (amount, sum_))
