"""What the parts of a date mean, by each order in which they may stand.

If the orders give two dates, or the year has two digits, ``dates`` must settle the meaning.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from commonprosperity.dates.moments import Moment
from commonprosperity.dates.parts import iso, part_of_year, parts_of, shape_of
from commonprosperity.dates.spans import span_text
from commonprosperity.dates.western import narrow, western
from commonprosperity.errors import PeriodError, RecordError
from commonprosperity.patterns import pattern
from commonprosperity.sentence import NO_SENTENCE, Sentence

DATE_FORMS = ("d/m/y", "m/d/y", "y/m/d", "m/y", "y/m", "roc", "excel")
"""The values of ``dates``: orders, years of the Republic of China, Excel's serial numbers."""

_LONGEST = 60  # characters: longer texts are no date
_SERIAL = pattern(r"([0-9]{1,3}|[0-9]{5,7})(?:\.[0-9]+)?")
_FIRST_SERIAL, _LAST_SERIAL = 61, 2_958_465  # Excel has a 29th of February 1900

# What `shape_of` returns, and the orders in which such parts may stand: 5/6/2014 is nnY.
_FORMS_OF = {
    "Ynn": ("y/m/d",),
    "nnY": ("d/m/y", "m/d/y"),
    "nnn": ("d/m/y", "m/d/y", "y/m/d"),
    "Yn": ("y/m",),
    "nY": ("m/y",),
    "nn": ("m/y", "y/m"),
    "cnn": ("roc",),
    "nMY": ("d/m/y",),
    "MnY": ("m/d/y",),
    "YMn": ("y/m/d",),
    "nMn": ("d/m/y", "y/m/d"),
    "Mnn": ("m/d/y",),
    "MY": ("m/y",),
    "YM": ("y/m",),
    "Mn": ("m/y",),
    "nM": ("y/m",),
}
# A name settles the month; the form then says whether the day or the year comes first.
_BY_NAMED_MONTH = {("nMn", "m/d/y"): "d/m/y", ("Mnn", "d/m/y"): "m/d/y"}


def date_form(value: object) -> str:
    """Return a form of dates with strokes, such as d/m/y; d.m.y and d-m-y are the same.

    >>> date_form("d.m.y")
    'd/m/y'

    Raises `RecordError` for what is no form.
    """
    form = re.sub("[.-]", "/", value) if isinstance(value, str) else None
    if form not in DATE_FORMS:
        problem = Sentence("is no form of dates; there are {known:list}", known=DATE_FORMS)
        raise RecordError("dates", value, problem)
    return form


def iso_text(text: str, dates: str | None = None, zone: str | None = None) -> str:
    """Return what a text means as a day, month, half-year, quarter, year or span of ISO 8601.

    >>> iso_text("2021年9月"), iso_text("15 Sept 2021"), iso_text("5/6/2014", dates="d/m/y")
    ('2021-09', '2021-09-15', '2014-06-05')

    Raises `PeriodError` for a text that is no date, or has two meanings; it names both.
    """
    if len(text) > _LONGEST:
        raise PeriodError(text)

    def read(one: str) -> str:
        return _one_date(one, dates, zone)

    try:
        return read(text)
    except PeriodError as error:
        if error.problem is None and (span := span_text(narrow(text), read)):
            return span
        raise PeriodError(text, error.problem) from None


def _one_date(text: str, dates: str | None, zone: str | None) -> str:
    plain = western(text)
    moment = Moment.of(plain)
    if moment is None:
        return _iso_date(plain, dates)
    return moment.day(_iso_date(moment.date_text, dates), zone)


def _iso_date(text: str, dates: str | None) -> str:
    if part := part_of_year(text):
        return part
    if dates == "excel" and (serial := _serial_day(text)):
        return serial
    parts = parts_of(text, dates)
    shape = shape_of(parts)
    if shape == "Y" and (dates != "excel" or not text.isdecimal()):
        return parts[0]
    form = _BY_NAMED_MONTH.get((shape, dates or ""), dates)
    readings = [*_readings(text, parts, shape, dates)]
    fitting = {meaning for meaning, read_by in readings if form and read_by == form}
    is_settled = bool(fitting) or "Y" in shape
    meanings = fitting or {meaning for meaning, _ in readings}
    if not meanings:
        raise PeriodError(text)
    if is_settled and len(meanings) == 1:
        (meaning,) = meanings
        if not fitting and form in _FORMS_OF.get(shape, ()):
            problem = Sentence(
                'it does not fit dates="{dates}"; write {meaning}', dates=dates, meaning=meaning
            )
            raise PeriodError(text, problem)
        return meaning
    raise PeriodError(text, _two_readings(readings, shape))


def _readings(
    text: str, parts: tuple[str, ...], shape: str, dates: str | None
) -> Iterator[tuple[str, str | None]]:
    """Yield what a text may mean, each with the form of dates that says so, if there is one."""
    if shape == "Y":  # an integer in a column of serial numbers
        yield from _valid(None, iso(text) and f"{text}-01/{text}-12")
        yield from _valid(None, _day_of_serial(int(text)))
    elif dates == "roc" and shape in {"n", "c", "nn", "cn", "nnn", "cnn"}:
        yield from _valid("roc", iso(_of_the_republic(parts[0]), *parts[1:]))
    else:
        for form in _FORMS_OF.get(shape, ()):
            yield from _valid(form, _by(form, parts))
        if dates is None or not dates.startswith("y/m"):
            yield from _other_readings(text, parts)
        if shape == "cnn":
            yield from _valid(None, iso(parts[0].zfill(4), *parts[1:]))
        if shape == "?" and _SERIAL.fullmatch(text):
            yield from _valid("excel", _serial_day(text))


def _other_readings(text: str, parts: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    """Yield what else a year and a number may mean.

    2009/10 is October, or a financial year from 2009 to 2010. 2021.1 is January, or October
    where a spreadsheet took 2021.10 for a number.
    """
    if shape_of(parts) != "Yn" or iso(*parts) is None:
        return
    year, month = parts
    if "/" in text and int(month) == (int(year) + 1) % 100:
        yield f"{year}/{int(year) + 1:04}", None
    if text.endswith(".1"):
        yield f"{year}-10", None


def _valid(form: str | None, meaning: str | None) -> Iterator[tuple[str, str | None]]:
    if meaning:
        yield meaning, form


def _by(form: str, parts: tuple[str, ...]) -> str | None:
    """Read parts by an order, such as d/m/y."""
    if form == "roc":
        return iso(_of_the_republic(parts[0]), *parts[1:])
    part = dict(zip(form.split("/"), parts, strict=True))
    return iso(_year(part["y"]), part["m"], part.get("d"))


def _year(year: str) -> str:
    """Return a year in four digits: 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999."""
    if len(year) != 2:  # noqa: PLR2004 (digits)
        return year
    return f"20{year}" if year <= "68" else f"19{year}"


def _of_the_republic(year: str) -> str:
    """Return a year of the Republic of China in four digits; there is no year 0."""
    return f"{int(year) + 1911}" if int(year) else year


def _serial_day(text: str) -> str | None:
    match = _SERIAL.fullmatch(text)
    return _day_of_serial(int(match[1])) if match else None


def _day_of_serial(serial: int) -> str | None:
    is_known = _FIRST_SERIAL <= serial <= _LAST_SERIAL
    return str(date(1899, 12, 30) + timedelta(serial)) if is_known else None


def without_arguments(problem: Sentence | None) -> Sentence | None:
    """Return the problem of a date without advising arguments, for callers that take none.

    >>> from commonprosperity.errors import PeriodError
    >>> try:
    ...     iso_text("5/6/2014")
    ... except PeriodError as error:
    ...     print(without_arguments(error.problem))
    it may be 2014-06-05 or 2014-05-06; write one of them
    """
    if problem is None or "give" not in problem.facts:
        return problem
    return problem.with_facts(give=NO_SENTENCE)


def with_arguments_in_layout(problem: Sentence | None) -> Sentence | None:
    """Return a problem of a date for a caller that takes, in a layout, what would settle it.

    >>> from commonprosperity.errors import PeriodError
    >>> try:
    ...     iso_text("5 June 14")
    ... except PeriodError as error:
    ...     print(with_arguments_in_layout(error.problem))
    it may be 2014-06-05; write 2014-06-05, or give dates="d/m/y", in a layout
    """
    if problem is None or not ("dates=" in problem or "zone=" in problem):
        return problem
    return Sentence("{problem:say}, in a layout", problem=problem)


def _two_readings(readings: list[tuple[str, str | None]], shape: str) -> Sentence:
    meanings = [*dict.fromkeys(meaning for meaning, _ in readings)]
    arguments = [f'dates="{form}"' for _, form in readings if form]
    no_year = (
        Sentence(", or a day without its year") if shape in {"nn", "Mn", "nM"} else NO_SENTENCE
    )
    write = Sentence("write one of them")
    if len(meanings) == 1:
        write = Sentence("write {meaning}", meaning=meanings[0])
    give = Sentence(", or give {arguments:or}", arguments=arguments) if arguments else NO_SENTENCE
    return Sentence(
        "it may be {meanings:or}{no_year:say}; {write:say}{give:say}",
        meanings=meanings, no_year=no_year, write=write, give=give,
    )  # fmt: skip
