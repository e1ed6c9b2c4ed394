"""When pledges were announced: what is known on a day, and which comes first."""

from datetime import date

from commonprosperity.records import Pledge

Age = tuple[date, date, str]


def is_known(pledge: Pledge, day: date | None) -> bool:
    """Whether a pledge was announced by the end of a day; all are where no day is given."""
    return day is None or pledge.announced.end <= day


def age(pledge: Pledge) -> Age:
    """Put the first announced first, then the smallest id.

    The days of the period, and not the period, which takes three times as long to compare.
    """
    return pledge.announced.start, pledge.announced.end, pledge.id


def precedence(pledge: Pledge) -> tuple[bool, Age]:
    """Put the original of several tellings first, then the first announced and smallest id."""
    return pledge.restates is not None, age(pledge)
