"""A date is read as people write it where it has one meaning, and refused with both where not."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from commonprosperity.dates import chinese_date
from commonprosperity.errors import PeriodError, RecordError
from commonprosperity.period import Period
from strategies import any_days, days, periods

MONTHS = "January February March April May June July August September October November December"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021/9/15", "2021-09-15"), ("2021-9-5", "2021-09-05"), ("2021.09.15", "2021-09-15"),
        ("20210915", "2021-09-15"), ("15092021", "2021-09-15"), ("2021. 9. 15", "2021-09-15"),
        ("2021年9月15日", "2021-09-15"), ("2021 年 9 月 15 號", "2021-09-15"), ("2021年9月5号", "2021-09-05"),
        ("2021年9月", "2021-09"), ("2021年", "2021"), ("2021年第三季度", "2021-Q3"), ("2021年4季度", "2021-Q4"),
        ("2021年一季度", "2021-Q1"), ("2021年上半年", "2021-H1"), ("2021年下半年", "2021-H2"),
        ("15.09.2021", "2021-09-15"), ("15/9/2021", "2021-09-15"), ("9/15/2021", "2021-09-15"),
        ("05/05/2014", "2014-05-05"), ("12-13-2014", "2014-12-13"), ("13-12-2014", "2014-12-13"),
        ("9/2021", "2021-09"), ("09-2021", "2021-09"), ("12.2021", "2021-12"), ("2021/9", "2021-09"),
        ("2021-9", "2021-09"), ("2021.10", "2021-10"), ("2021.2", "2021-02"), ("2021/1", "2021-01"),
        ("2009/11", "2009-11"), ("2009-10", "2009-10"), ("2009.10", "2009-10"), ("2011/2012", "2011/2012"),
        ("15 September 2021", "2021-09-15"), ("15 sept. 2021", "2021-09-15"), ("5 SEP 2021", "2021-09-05"),
        ("Sept 2021", "2021-09"), ("Sep-2021", "2021-09"), ("2021 Sep", "2021-09"), ("May 2021", "2021-05"),
        ("September 15, 2021", "2021-09-15"), ("Sep. 1st, 2021", "2021-09-01"), ("2021-Sep-05", "2021-09-05"),
        ("15th of September 2021", "2021-09-15"), ("22nd Feb 2021", "2021-02-22"), ("3rd Mar 2021", "2021-03-03"),
        ("15-Sep-2021", "2021-09-15"), ("15Sep2021", "2021-09-15"), ("15/Sep/2021", "2021-09-15"),
        ("2021-H1", "2021-H1"), ("H2 2021", "2021-H2"), ("2021h1", "2021-H1"), ("2021-q2", "2021-Q2"),
        ("2021Q2", "2021-Q2"), ("Q4 2021", "2021-Q4"), ("2021 Q1", "2021-Q1"),
        ("2021-09-15 00:00:00", "2021-09-15"), ("2021-09-15T00:00", "2021-09-15"),
        ("2021-09-15T00:00:00.000000", "2021-09-15"), ("2021/9/15 0:00", "2021-09-15"),
        ("9/15/2021 12:00:00 AM", "2021-09-15"), ("15 September 2021, 00:00", "2021-09-15"),
        ("0104/12/31", "0104-12-31"),
        # full-width digits, as Chinese texts have them
        ("２０２１年", "2021"), ("２０２１年９月１５日", "2021-09-15"), ("２０２１年第２季度", "2021-Q2"),
        # years of the Republic of China that say so
        ("民國110年", "2021"), ("民国110年", "2021"), ("民國110", "2021"), ("民國 110 年 9 月 15 日", "2021-09-15"),
        ("中華民國110年9月15日", "2021-09-15"), ("中华民国110年9月", "2021-09"), ("民國110/09/15", "2021-09-15"),
        ("民國110.9.15", "2021-09-15"), ("民國　110　年　9　月", "2021-09"), ("民國1100915", "2021-09-15"), ("民國990915", "2010-09-15"),
        ("民國99年", "2010"), ("民國元年", "1912"), ("民國1年", "1912"), ("民國元年10月10日", "1912-10-10"),
        ("民國１１０年第二季度", "2021-Q2"), ("民國110年上半年", "2021-H1"), ("民國110年9月15日 00:00", "2021-09-15"),
    ],
)  # fmt: skip
def test_a_text_of_one_meaning_is_read(text: str, iso: str) -> None:
    assert Period.parse(text) == Period.of(text) == Period.parse(iso)
    assert str(Period.parse(text)) == iso


@pytest.mark.parametrize(
    ("text", "dates", "iso"),
    [
        ("05/06/2014", "d/m/y", "2014-06-05"), ("05/06/2014", "m/d/y", "2014-05-06"),
        ("05.06.14", "d-m-y", "2014-06-05"), ("05-06-14", "m.d.y", "2014-05-06"),
        ("05 06 14", "d/m/y", None), ("05/06/14", "y/m/d", "2005-06-14"), ("5/6/4", "d/m/y", None),
        ("05/06.14", "d/m/y", None), ("05062014", "d/m/y", "2014-06-05"), ("05062014", "m/d/y", "2014-05-06"),
        ("1/1/68", "d/m/y", "2068-01-01"), ("1/1/69", "d/m/y", "1969-01-01"), ("1/1/00", "d/m/y", "2000-01-01"),
        ("1/1/99", "d/m/y", "1999-01-01"), ("9/15/2021", "d/m/y", None), ("15/9/2021", "m/d/y", None),
        ("15.9.2021", "y/m/d", "2021-09-15"), ("2021/5/6", "d/m/y", "2021-05-06"),
        ("2021-05-06", "m/d/y", "2021-05-06"), ("5/2021", "d/m/y", "2021-05"), ("H1 2021", "d/m/y", "2021-H1"),
        ("15-Sep-21", "d/m/y", "2021-09-15"), ("15-Sep-21", "m/d/y", "2021-09-15"),
        ("15-Sep-21", "y/m/d", "2015-09-21"), ("Sep 15, 21", "m/d/y", "2021-09-15"),
        ("Sep 15, 21", "d/m/y", "2021-09-15"), ("Mar-10", "m/y", "2010-03"), ("10-Mar", "y/m", "2010-03"),
        ("Mar-10", "d/m/y", None), ("03/10", "m/y", "2010-03"), ("10/03", "y/m", "2010-03"),
        ("2009/10", "y/m", "2009-10"), ("2009/10", "y/m/d", "2009-10"), ("2021.1", "y/m", "2021-01"),
        ("2009/10", "d/m/y", None),
        ("104/12/31", "roc", "2015-12-31"), ("105/01/15", "roc", "2016-01-15"), ("99.1.5", "roc", "2010-01-05"),
        ("105-01", "roc", "2016-01"), ("105", "roc", "2016"), ("99", "roc", "2010"), ("1", "roc", "1912"),
        ("1050115", "roc", "2016-01-15"), ("990115", "roc", "2010-01-15"), ("105年1月15日", "roc", "2016-01-15"),
        ("99年", "roc", "2010"), ("00/01/01", "roc", None), ("2016/1/15", "roc", "2016-01-15"),
        ("2016", "roc", "2016"), ("104/13/31", "roc", None),
        ("44454", "excel", "2021-09-15"), ("44454.0", "excel", "2021-09-15"), ("44454.99", "excel", "2021-09-15"),
        ("61", "excel", "1900-03-01"), ("60", "excel", None), ("999", "excel", "1902-09-25"),
        ("2958465", "excel", "9999-12-31"), ("2958466", "excel", None), ("2021", "excel", None),
        ("1000", "excel", None), ("2021-09", "excel", "2021-09"), ("2021/2022", "excel", "2021/2022"),
        ("20210915", "excel", "2021-09-15"),
    ],
)  # fmt: skip
def test_dates_settle_what_a_text_means(text: str, dates: str, iso: str | None) -> None:
    if iso is None:
        with pytest.raises(PeriodError) as refusal:
            Period.parse(text, dates=dates)
        assert refusal.value.value == text
    else:
        assert str(Period.parse(text, dates=dates)) == iso


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("05/06/2014",
         'it may be 2014-06-05 or 2014-05-06; write one of them, or give dates="d/m/y" or dates="m/d/y"'),
        ("05062014",
         'it may be 2014-06-05 or 2014-05-06; write one of them, or give dates="d/m/y" or dates="m/d/y"'),
        ("21-09-02",
         'it may be 2002-09-21 or 2021-09-02; write one of them, or give dates="d/m/y" or dates="y/m/d"'),
        ("15-Sep-21",
         'it may be 2021-09-15 or 2015-09-21; write one of them, or give dates="d/m/y" or dates="y/m/d"'),
        ("99/12/31", 'it may be 1999-12-31; write 1999-12-31, or give dates="y/m/d"'),
        ("104/12/31", 'it may be 2015-12-31 or 0104-12-31; write one of them, or give dates="roc"'),
        ("105年1月15日", 'it may be 2016-01-15 or 0105-01-15; write one of them, or give dates="roc"'),
        ("15 September", 'it may be 2015-09, or a day without its year; write 2015-09, or give dates="y/m"'),
        ("Mar-10", 'it may be 2010-03, or a day without its year; write 2010-03, or give dates="m/y"'),
        ("10-Mar", 'it may be 2010-03, or a day without its year; write 2010-03, or give dates="y/m"'),
        ("03/10", 'it may be 2010-03 or 2003-10, or a day without its year; write one of them, or give '
         'dates="m/y" or dates="y/m"'),
        ("2009/10", 'it may be 2009-10 or 2009/2010; write one of them, or give dates="y/m"'),
        ("2021.1", 'it may be 2021-01 or 2021-10; write one of them, or give dates="y/m"'),
        ("44454", 'it may be 2021-09-15; write 2021-09-15, or give dates="excel"'),
        ("2021-09-15 14:30", 'it has a time of day and no time zone; write 2021-09-15, or give '
         'zone="Asia/Shanghai" or another that its clock shows'),
        ("2020-01-24T16:00:00.000Z", 'it may be 2020-01-24 or 2020-01-25, depending on the time zone; write '
         'one of them, or give zone="UTC", zone="Asia/Shanghai" or another'),
        ("5/6/2014 - 15/8/2014",
         'it may be 2014-06-05 or 2014-05-06; write one of them, or give dates="d/m/y" or dates="m/d/y"'),
        ("2020-01-24 03:00+00:00", 'it may be 2020-01-24 or 2020-01-23, depending on the time zone; write '
         'one of them, or give zone="UTC", zone="America/New_York" or another'),
    ],
)  # fmt: skip
def test_a_text_of_two_meanings_is_refused_with_both_and_the_advice_works(
    text: str, problem: str
) -> None:
    with pytest.raises(PeriodError) as refusal:
        Period.parse(text)
    assert str(refusal.value) == f"{text!r} is no period: {problem}"
    written = re.findall(r"[0-9]{4}[-/][-0-9]+", problem)
    assert written
    assert [Period.parse(each).start.year > 0 for each in written] == [True] * len(written)
    for setting, value in re.findall(r'(dates|zone)="([^"]+)"', problem):
        settings: Any = {setting: value}
        if " - " not in text or value == "d/m/y":  # there is no month 15
            assert str(Period.parse(text, **settings)).partition("/")[0] in written


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021年4月至2024年", "2021-04/2024"), ("2021年至2025年", "2021/2025"), ("2021-2025年", "2021/2025"),
        ("2021年4月—2024年12月", "2021-04/2024"), ("2021年4月——2024年3月", "2021-04/2024-03"),
        ("从2021年到2025年", "2021/2025"), ("２０２１～２０２５年", "2021/2025"), ("2021 年 4 月 至 2024 年", "2021-04/2024"),
        ("2021年4月至6月", "2021-Q2"), ("2021年4-6月", "2021-Q2"), ("2021年3月5日至4月2日", "2021-03-05/2021-04-02"),
        ("2021年4月5日至30日", "2021-04-05/2021-04"), ("2021年4月5-30日", "2021-04-05/2021-04"),
        ("2021年第一季度至第三季度", "2021/2021-09"), ("2021年二至三季度", "2021-04/2021-09"),
        ("民國110年至113年", "2021/2024"), ("民國110年9月2日至113年3月", "2021-09-02/2024-03"),
        ("2021年上半年至2022年第一季度", "2021/2022-03"), ("2021-2022年", "2021/2022"),
        ("2021–2025", "2021/2025"), ("2021 - 2025", "2021/2025"), ("2021 to 2022", "2021/2022"),
        ("from April 2021 to 2024", "2021-04/2024"), ("April to June 2021", "2021-Q2"),
        ("Apr 2021 - Dec 2024", "2021-04/2024"), ("1 April 2021 until 5 May 2022", "2021-04/2022-05-05"),
        ("5 April to 7 June 2021", "2021-04-05/2021-06-07"), ("April 5 to June 7, 2021", "2021-04-05/2021-06-07"),
        ("5-7 April 2021", "2021-04-05/2021-04-07"), ("1st to 3rd May 2021", "2021-05/2021-05-03"), ("April 5-7, 2021", "2021-04-05/2021-04-07"),
        ("Q1-Q3 2021", "2021/2021-09"), ("2021 Q2–Q3", "2021-04/2021-09"), ("2021Q1 to 2022Q2", "2021/2022-06"),
        ("2021-09-02 to 2024-10-31", "2021-09-02/2024-10"), ("2021-09-02 / 2024-10-31", "2021-09-02/2024-10"),
        ("2021.4-2021.7", "2021-04/2021-07"), ("2021/04/05-2021/06/07", "2021-04-05/2021-06-07"),
        ("15/6/2014–17/8/2014", "2014-06-15/2014-08-17"),
        ("2021-09-02 00:00:00 to 2021-09-03 00:00:00", "2021-09-02/2021-09-03"),
    ],
)  # fmt: skip
def test_a_span_is_read_with_what_its_ends_share(text: str, iso: str) -> None:
    assert str(Period.parse(text)) == iso


@given(periods())
def test_a_span_reads_back_from_chinese(period: Period) -> None:
    assert Period.parse(chinese_date(str(period))) == period


@given(days, days)
def test_a_span_of_days_means_the_same_in_every_way_to_write_it(one: date, other: date) -> None:
    first, last = sorted([one, other])
    period = Period(first, last)
    assert Period.parse(f"{first} to {last}") == period
    assert Period.parse(f"{first}—{last}") == period
    english = [f"{day.day} {MONTHS.split()[day.month - 1]} {day.year:04}" for day in (first, last)]
    assert Period.parse(" to ".join(english)) == period
    assert (
        Period.parse(f"{first:%d/%m/}{first.year:04}-{last:%d/%m/}{last.year:04}", dates="d/m/y")
        == period
    )


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("2021/22", ["2021/2022", "2021-04/2022-03"]),
        ("2021-22", ["2021/2022", "2021-04/2022-03"]),
        ("2021–22", ["2021/2022", "2021-04/2022-03"]),
        ("2021-2022", ["2021/2022", "2021-04/2022-03"]),
        ("1999/00", ["1999/2000", "1999-04/2000-03"]),
        ("2099-2100", ["2099/2100", "2099-04/2100-03"]),
        ("FY2021", ["2021-04/2022-03"]),
        ("FY 2021/22", ["2021-04/2022-03"]),
        ("fiscal year 2021", ["2021-04/2022-03"]),
        ("2021财年", ["2021-04/2022-03"]),
        ("2021年度", None),
    ],
)
def test_a_financial_year_is_refused_with_the_forms_that_work(
    text: str, way_out: list[str] | None
) -> None:
    with pytest.raises(
        PeriodError, match=r"period: (a|it may be two years, or a) financial year"
    ) as refusal:
        Period.parse(text)
    written = re.findall(r"[0-9]{4}[-/][-/0-9]+", str(refusal.value.problem))
    assert written == (way_out or ["2021-04/2022-03"])
    assert [Period.parse(each).start.year for each in written] == [int(written[0][:4])] * len(
        written
    )


@pytest.mark.parametrize(
    "text",
    [
        "2021-0902", "0902-2021", "2021-10-2022", "2021-2025-2029", "2021年4月至今", "since 2021", "2021 to",
        "to 2021", "2021 to soon", "10:00-12:00", "2021-23", "2021/23", "2019-00", "from 2021", "2021年至", "至2021年",
        "2009/10 to 2010/11x", "2021|2022 to 2023", "2021年|4月至6月", "April to June", "1-30 April", "2021 through 2025 and 2026",
    ],
)  # fmt: skip
def test_what_joins_no_two_dates_is_no_span(text: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [("110-113", "2021/2024"), ("99-113", "2010/2024"), ("110至113年", "2021/2024"), ("99 - 110 年", "2010/2021")],
)  # fmt: skip
def test_a_span_of_years_of_the_republic_is_read_where_they_are_expected(
    text: str, iso: str
) -> None:
    assert str(Period.parse(text, dates="roc")) == iso
    with pytest.raises(PeriodError):
        Period.parse(text)


@pytest.mark.parametrize("text", ["3-4/110", "4-6/2021", "110/4-6", "10-12/2021", "4 to 6/110"])
def test_a_month_without_its_year_is_no_year_of_the_republic(text: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse(text, dates="roc")


@pytest.mark.parametrize("text", ["2021-2024年", "2021至2024年", "2021 to 2024年"])
def test_a_span_of_years_with_their_sign_holds_no_serial_number(text: str) -> None:
    assert str(Period.parse(text, dates="excel")) == "2021/2024"


@pytest.mark.parametrize(
    "text", ["from April 2021 to June 2022", "From April 2021 to June 2022", "April 2021 TO June 2022"]
)  # fmt: skip
def test_a_span_may_begin_a_sentence_or_stand_in_capitals(text: str) -> None:
    assert str(Period.parse(text)) == "2021-04/2022-06"


@pytest.mark.parametrize("text", ["Nov to Feb 2021", "2021年11月至2月", "2025-2021年"])
def test_a_span_that_ends_before_it_starts_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="it ends before it starts"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "dates", "problem"),
    [
        ("9/15/2021", "d/m/y", 'it does not fit dates="d/m/y"; write 2021-09-15'),
        ("15/9/2021", "m.d.y", 'it does not fit dates="m/d/y"; write 2021-09-15'),
        ("2021", "excel", "it may be 2021-01/2021-12 or 1905-07-13; write one of them"),
    ],
)
def test_a_text_that_the_form_of_dates_does_not_settle_is_refused(
    text: str, dates: str, problem: str
) -> None:
    with pytest.raises(PeriodError) as refusal:
        Period.parse(text, dates=dates)
    assert refusal.value.problem == problem
    for each in re.findall(r"[0-9]{4}-[-/0-9]+", problem):
        assert Period.parse(each, dates=dates)


@pytest.mark.parametrize(
    "text",
    [
        "2021/13", "2021/13/01", "31/02/2021", "29/2/2021", "32/1/2021", "00/00/0000", "0000年", "0/2021",
        "2012/14", "21年9月2日", "2021年13月", "2021年五季度", "H3 2021", "2021-H0", "2021-H3", "2021 Q5",
        "31 Feb 2021", "September", "Sep 2021 15", "2st Sep 2021", "Septem 2021", "ſep 2021",
        "2021/09-02", "2021//09", "1/2/2021 25:00", "15/9/2021 13:00 PM", "15/9/2021 0:30 AM",
        "2021-09-15T00:60", "2021-09T00:00", "2021T00:00", "T00:00", "2021-09-15T00:00+25:00",
        "15 September 2021 ", "٢٠٢١/٩/٢", "2021-09-15T", "1,5", "123.5", "-44454", "4.5e4",
        "民國0年", "民國前5年", "民國1110年", "民國2021年", "民國110年13月", "民國", "x民國110年", "民國11009", "２０２１年１３月", "２０２１／９／１５", "民國１１０",
        "2021-09-02T00:00\n", "15/9/2021\n", "9" * 100, "1/" * 100_000, "2021 " * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_date_in_any_form_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="no period: write 2021-09-02, 2021-04, ") as error:
        Period.parse(text)
    assert error.value.value == text


@given(any_days)
def test_a_day_reads_back_from_every_way_to_write_it(day: date) -> None:
    year, month, name = f"{day.year:04}", day.month, MONTHS.split()[day.month - 1]
    for text in (
        f"{year}/{month}/{day.day}", f"{year}{month:02}{day.day:02}", f"{year}年{month}月{day.day}日",
        f"{day.day} {name} {year}", f"{name} {day.day}, {year}", f"{day.day}-{name[:3]}-{year}",
        f"{year}-{month:02}-{day.day:02} 00:00:00",
    ):  # fmt: skip
        assert Period.parse(text) == Period(day, day)


@given(any_days, st.sampled_from("/.-"), st.sampled_from("/.-"))
def test_a_day_in_an_order_means_that_day_or_is_refused(day: date, mark: str, of_form: str) -> None:
    for form in ("d/m/y", "m/d/y"):
        parts = {"d": f"{day.day}", "m": f"{day.month}", "y": f"{day.year:04}"}
        text = mark.join(parts[each] for each in form.split("/"))
        assert Period.parse(text, dates=form.replace("/", of_form)) == Period(day, day)
        if day.day > 12 or day.day == day.month:
            assert Period.parse(text) == Period(day, day)
        else:
            with pytest.raises(PeriodError) as refusal:
                Period.parse(text)
            swapped = date(day.year, day.day, day.month)
            assert {str(day), str(swapped)} <= {*str(refusal.value).replace(";", "").split()}


@given(st.dates(date(1912, 1, 1), date(2910, 12, 31)))
def test_years_of_the_republic_count_from_1912(day: date) -> None:
    text = f"{day.year - 1911}/{day.month}/{day.day}"
    assert Period.parse(text, dates="roc") == Period(day, day)


@given(st.dates(date(1927, 5, 18), date(9999, 12, 31)))
def test_serial_numbers_of_excel_count_days(day: date) -> None:
    serial = (day - date(2021, 9, 15)).days + 44454
    assert Period.parse(f"{serial}", dates="excel") == Period(day, day)


ZONES = ("UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "Asia/Kolkata")


@given(days, st.times(), st.integers(-23 * 60, 23 * 60), st.sampled_from(ZONES))
def test_a_time_is_of_the_day_that_it_is_in_the_zone(
    day: date, clock: time, minutes: int, zone: str
) -> None:
    moment = datetime.combine(day, clock, timezone(timedelta(minutes=minutes)))
    read = Period.parse(moment.isoformat(), zone=zone)
    assert read == Period.of(moment.astimezone(ZoneInfo(zone)).date())
    utc = moment.astimezone(UTC)
    assert Period.parse(f"{utc:%Y-%m-%dT%H:%M:%S}Z", zone=zone) == read
    assert Period.parse(datetime.combine(day, clock).isoformat(" "), zone=zone) == Period.of(day)


@pytest.mark.parametrize(
    ("text", "zone", "iso"),
    [
        ("2020-01-24T16:00:00.000Z", "+08:00", "2020-01-25"),
        ("2020-01-24T15:59:59.999Z", "+08:00", "2020-01-24"),
        ("2020-01-24 04:59 UTC", "-0500", "2020-01-23"),
        ("2020-01-24 05:00GMT", "-05", "2020-01-24"),
        ("24/1/2020 4:00 pm +00:00", "Asia/Shanghai", "2020-01-25"),
        ("24/1/2020 12:30 pm +00", "+11:30", "2020-01-25"),
        ("24/1/2020 12:29 PM +00", "+11:30", "2020-01-24"),
        ("2021", "UTC", "2021"),
        ("2021-09-15T00:00", "Asia/Shanghai", "2021-09-15"),
        ("0001-01-01T00:00Z", "-01:00", None),
        ("9999-12-31T23:30Z", "+01:00", None),
    ],
)
def test_a_zone_says_whose_day_a_time_is(text: str, zone: str, iso: str | None) -> None:
    if iso is None:
        with pytest.raises(PeriodError):
            Period.parse(text, zone=zone)
    else:
        assert str(Period.parse(text, zone=zone)) == iso


@pytest.mark.parametrize(
    ("clock", "other"), [("11:59", "2020-01-23"), ("12:00", "2020-01-25"), ("12:01", "2020-01-25")]
)
def test_from_noon_on_the_other_day_is_the_next(clock: str, other: str) -> None:
    with pytest.raises(PeriodError, match=f": it may be 2020-01-24 or {other}, depending"):
        Period.parse(f"2020-01-24T{clock}Z")


@pytest.mark.parametrize("dates", ["", "dmy", "d/m", "dd/mm/yyyy", "y/d/m", 5, ["d/m/y"]])
def test_dates_are_one_of_the_forms(dates: Any) -> None:
    with pytest.raises(RecordError) as error:
        Period.parse("2021", dates=dates)
    forms = str(error.value).partition("is no form of dates; there are ")[2].split(", ")
    assert len(forms) == 7
    assert [str(Period.parse("2021-09", dates=form)) for form in forms] == ["2021-09"] * 7


@pytest.mark.parametrize(
    "zone", ["", "Shanghai", "localtime", "../UTC", "/etc/passwd", "Asia", "+24:00", "a\0b", "\ud800", 8, ["UTC"]]
)  # fmt: skip
def test_a_zone_is_one_of_the_iana_or_an_offset(zone: Any) -> None:
    advice = "is no time zone; write one such as Asia/Shanghai or [+]08:00$"
    with pytest.raises(RecordError, match=f"^zone: .*{advice}"):
        Period.parse("2021", zone=zone)
    for known in ("Asia/Shanghai", "+08:00"):
        assert Period.parse("2021", zone=known)


@given(
    st.text(alphabet="0123456789/.-: TZQHh年月日SeptMar,+", max_size=24) | st.text(max_size=20),
    st.sampled_from([None, "d/m/y", "m/d/y", "y/m/d", "m/y", "y/m", "roc", "excel"]),
    st.sampled_from([None, "UTC", "Asia/Shanghai", "-05:00"]),
)
def test_any_text_is_read_or_refused_by_a_sentence(
    text: str, dates: str | None, zone: str | None
) -> None:
    try:
        period = Period.parse(text, dates=dates, zone=zone)
    except PeriodError as error:
        event(f"refused: {error.problem}"[:40])
    else:
        assert Period.parse(str(period)) == period
        assert Period.parse(text, dates=dates, zone=zone) is period


def test_a_date_has_sixty_characters_at_the_most() -> None:
    span = "15 September 2021, 00:00:00 to 16 September 2021, 00:00:00"
    assert len(f"{span}.0") == 60
    assert str(Period.parse(f"{span}.0")) == "2021-09-15/2021-09-16"
    with pytest.raises(PeriodError, match="no period: write 2021-09-02, "):
        Period.parse(f"{span}.00")


def test_a_second_has_more_decimals_than_python_counts() -> None:
    moment = "2021-09-15T23:59:59.123456789Z"
    assert str(Period.parse(moment, zone="UTC")) == "2021-09-15"
    assert str(Period.parse("2021-09-15 00:00:00.000000000")) == "2021-09-15"
