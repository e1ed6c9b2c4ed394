"""``Moment``: a date with a time of day, perhaps with a time zone, and the day that it falls on."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Self

import attrs

from commonprosperity.errors import PeriodError, RecordError
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence

_TIME = pattern(
    r"(?P<date>.+?)(?:T|,? )(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?(?: ?(?P<half>[AaPp])[Mm])?"
    r"(?: ?(?P<offset>Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?))?"
)
_OFFSET = pattern("([+-])([0-9]{2}):?([0-9]{2})?")
_NOON = 12


@attrs.frozen
class Moment:
    """A date as it is written, a time of day, and the time zone if the text states one.

    >>> Moment.of("15/9/2021 4:30 pm")
    Moment(date_text='15/9/2021', time=datetime.time(16, 30), offset=None)
    """

    date_text: str
    time: time
    offset: tzinfo | None

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Read a text; return None if it has no time of day, or an impossible one."""
        match = _TIME.fullmatch(text)
        if match is None:
            return None
        hour, half = int(match["hour"]), (match["half"] or "").lower()
        if half:
            if not 1 <= hour <= _NOON:
                return None
            hour = hour % _NOON + (_NOON if half == "p" else 0)
        microsecond = int((match["fraction"] or "0").ljust(6, "0")[:6])
        try:
            clock = time(hour, int(match["minute"]), int(match["second"] or 0), microsecond)
            offset = match["offset"] and time_zone(match["offset"])
        except (ValueError, RecordError):
            return None
        return cls(match["date"], clock, offset or None)

    def day(self, written: str, zone: str | None) -> str:
        """Return the day of the moment in a time zone; ``written`` is its own day in ISO 8601.

        Spreadsheets and databases write a day as its midnight, without a time zone.

        >>> Moment.of("2020-01-24T16:00:00.000Z").day("2020-01-24", "Asia/Shanghai")
        '2020-01-25'

        Raises `PeriodError` if the day depends on a time zone and none is given.
        """
        try:
            own = date.fromisoformat(written)
            if self.offset is None:
                return self._day_without_offset(own, zone)
            if zone is None:
                raise PeriodError(written, self._other_days(own))
            moment = datetime.combine(own, self.time, self.offset)
            return moment.astimezone(time_zone(zone)).date().isoformat()
        except (ValueError, OverflowError) as error:
            raise PeriodError(written, getattr(error, "problem", None)) from None

    def _day_without_offset(self, own: date, zone: str | None) -> str:
        if zone is None and self.time != time():
            problem = Sentence(
                "it has a time of day and no time zone; write {own}{give:say}",
                own=own,
                give=Sentence(', or give zone="Asia/Shanghai" or another that its clock shows'),
            )
            raise PeriodError(own, problem)
        return own.isoformat()

    def _other_days(self, own: date) -> Sentence:
        """Say which other day it may be: the next one in the east, or before noon the last one."""
        is_late = self.time.hour >= _NOON
        other = own + timedelta(1 if is_late else -1)
        example = "Asia/Shanghai" if is_late else "America/New_York"
        give = Sentence(', or give zone="UTC", zone="{example}" or another', example=example)
        return Sentence(
            "it may be {own} or {other}, depending on the time zone; write one of them{give:say}",
            own=own, other=other, give=give,
        )  # fmt: skip


def time_zone(name: object) -> tzinfo:
    """Return the time zone with an IANA name, or with an offset.

    >>> print(time_zone("Asia/Shanghai"), time_zone("+08:00"), time_zone("UTC"))
    Asia/Shanghai UTC+08:00 UTC

    Raises `RecordError` for what is no time zone.
    """
    zone = _zone(name) if isinstance(name, str) else None
    if zone is None:
        problem = Sentence("is no time zone; write one such as Asia/Shanghai or +08:00")
        raise RecordError("zone", name, problem)
    return zone


@lru_cache(maxsize=100)
def _zone(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 (few dates have a time zone)

    if name in {"UTC", "GMT", "Z"}:
        return UTC
    try:
        if match := _OFFSET.fullmatch(name):
            offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
            return timezone(offset if match[1] == "+" else -offset)
        return None if name == "localtime" else ZoneInfo(name)  # that of the machine
    except (LookupError, ValueError, OSError):
        return None
