"""Every error keeps its facts: as attributes, as arguments, when it is pickled, and when copied."""

import copy
import inspect
import pickle
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, get_type_hints

import attrs
import pytest

from commonprosperity import Period, Stage, errors
from commonprosperity.errors import CommonProsperityError, Fault, FileError, RateNotFoundError
from commonprosperity.messages import in_language
from commonprosperity.sentence import Sentence

NO_RATE = (
    "CNY",
    "USD",
    "1998",
    "CNY",
    Sentence("nothing is fixed"),
    (date(2005, 4, 1),),
)
FAULT = Fault("acme-1", "amount", Sentence("is missing"), "mine.csv:2")

# The class, the builtin that it resembles, its facts by their names, and its sentence.
ERRORS: list[tuple[type[CommonProsperityError], type[Exception], dict[str, Any], str]] = [
    (errors.AmountError, ValueError, {"value": "5 apples", "problem": "it is fruit", "at": 2},
     "'5 apples' is no amount: at character 3, 'apples': it is fruit"),
    (errors.AmountError, ValueError, {"value": "5", "problem": "it is short", "at": 1},
     "'5' is no amount: it is short"),
    (errors.AmountError, ValueError, {"value": 5, "problem": "it is short", "at": 0},
     "5 is no amount: it is short"),
    (errors.AmbiguousAmountError, ValueError,
     {"value": "$5", "symbol": "$", "candidates": ("USD", "AUD", "CAD", "HKD", "SGD", "NZD"),
      "amount": Decimal(5), "takes_symbols": True},
     "'$5' is ambiguous: $ is USD, AUD, CAD, HKD or one of 2 others; give symbols={\"$\": \"USD\"} if "
     "that is meant"),
    (errors.AmbiguousAmountError, ValueError,
     {"value": "¥5", "symbol": "¥", "candidates": ("CNY", "JPY"), "amount": Decimal(5),
      "takes_symbols": True},
     "'¥5' is ambiguous: ¥ is CNY, JPY; give symbols={\"¥\": \"CNY\"} if that is meant"),
    (errors.AmbiguousAmountError, ValueError,
     {"value": "5", "symbol": "", "candidates": (), "amount": Decimal(5), "takes_symbols": True},
     "'5' names no currency; give default=\"CNY\" if that is meant"),
    (errors.AmbiguousAmountError, ValueError,
     {"value": "$5", "symbol": "$", "candidates": ("USD",), "amount": Decimal(5),
      "takes_symbols": False},
     "'$5' does not say which currency it is in; write its code, such as USD"),
    (errors.InexactAmountError, ValueError, {"value": "about 5 CNY", "form": "about"},
     "'about 5 CNY' is no exact amount: it is not exact but about; parse_amount keeps that, "
     "and a pledge has about as its qualifier"),
    (errors.InexactAmountError, ValueError, {"value": "5-6 CNY", "form": "range"},
     "'5-6 CNY' is no exact amount: it is a range; parse_amount keeps that, "
     "and a pledge has its upper end in high"),
    (errors.ZeroAmountError, ZeroDivisionError, {"value": "5 CNY", "problem": "0 CNY", "at": None},
     "cannot divide 5 CNY by 0 CNY"),
    (errors.ConstantPriceError, ValueError, {"faults": (FAULT,)},
     "mine.csv:2: acme-1: amount: is missing"),
    (errors.CountryError, ValueError, {"code": "CHN", "meant": "CN"},
     "'CHN' is no country code of two letters; did you mean CN?"),
    (errors.CountryError, ValueError, {"code": None, "meant": None},
     "None is no country code of two letters; use a code of ISO 3166 such as CN"),
    (errors.PriceNotFoundError, LookupError,
     {"country": "CN", "year": 2019, "known": "the desk has 2021"},
     "no prices of CN in 2019; the desk has 2021"),
    (errors.CurrencyError, ValueError, {"code": "RMB", "meant": "CNY"},
     "RMB is no currency code; did you mean CNY?"),
    (errors.CurrencyError, ValueError, {"code": 5, "meant": None},
     "5 is no currency code; use an ISO 4217 code such as CNY"),
    (errors.CurrencyMismatchError, ValueError,
     {"operation": "add", "left": "CNY", "right": "USD", "way_out": ""},
     "cannot add CNY and USD without a rate; convert one of them first, with convert(money, 'CNY', "
     "on=...)"),
    (errors.CurrencyMismatchError, ValueError,
     {"operation": "add", "left": "CNY", "right": "USD", "way_out": "choose one, with to='CNY'"},
     "cannot add CNY and USD without a rate; choose one, with to='CNY'"),
    (errors.CellError, ValueError, {"problem": "is no text"}, "is no text"),
    (errors.DatasetError, ValueError, {"faults": (FAULT, Fault("b", "", Sentence("is no list")))},
     "mine.csv:2: acme-1: amount: is missing\nb: is no list"),
    (errors.LayoutError, ValueError, {"faults": (FAULT,)}, "mine.csv:2: acme-1: amount: is missing"),
    (errors.FileError, ValueError, {"faults": (FAULT,)}, "mine.csv:2: acme-1: amount: is missing"),
    (errors.DatasetNotFoundError, LookupError, {"name": "x", "known": ("article", "wave")},
     "no dataset 'x'; there are article, wave"),
    (errors.DatasetNotFoundError, LookupError, {"name": "mine.toml", "known": ("article",)},
     "no dataset 'mine.toml'; there are article; a file is read with read('mine.toml')"),
    (errors.SharedDatasetNameError, LookupError, {"name": "grants", "packages": ("acme", "beta")},
     "2 packages have a dataset 'grants': acme, beta; uninstall one of them"),
    (errors.DownloadError, OSError, {"url": "https://a.org", "problem": "is gone"},
     "https://a.org: is gone"),
    (errors.FieldError, LookupError, {"name": "compny", "known": ("company", "stage")},
     "'compny' is no field of a pledge; did you mean company?; there are company, stage"),
    (errors.GroupNotFoundError, KeyError, {"group": "Tencnt", "known": ("tencent", None)},
     "no group 'Tencnt'; did you mean tencent?; there are tencent, None"),
    (errors.GroupNotFoundError, KeyError, {"group": 2021, "known": ("2021", None)},
     "no group 2021; did you mean '2021'?; there are 2021, None"),
    (errors.GroupNotFoundError, KeyError,
     {"group": ("acme", Stage.PLEDGE),
      "known": (("acme", Stage.COMMITMENT), (Period.parse("2021-04"), None, 5))},
     "no group ('acme', 'pledge'); there are ('acme', 'commitment'), ('2021-04', None, 5)"),
    (errors.GroupNotFoundError, KeyError, {"group": "x", "known": ()},
     "no group 'x'; there are none"),
    (errors.FormatError, ValueError, {"spec": "x", "forms": "a width"},
     "'x' is no format specification; give a width"),
    (errors.LocaleError, ValueError, {"name": "xx"},
     "'xx' is no locale; write one such as en, zh_CN or de"),
    (errors.MissingExtraError, ImportError, {"package": "altair", "extra": "charts"},
     'altair is not installed; run: pip install "commonprosperity[charts]"'),
    (errors.MissingExtraError, ImportError, {"package": "polars", "extra": None},
     "polars is not installed; run: pip install polars"),
    (errors.PeriodComparisonError, TypeError,
     {"value": "2021-08", "way_out": "period.start >= date(2021, 8, 1)"},
     "'2021-08' is not put in order with a period, which has two ends; "
     "write period.start >= date(2021, 8, 1)"),
    (errors.PeriodError, ValueError, {"value": "x", "problem": "it ends before it starts"},
     "'x' is no period: it ends before it starts"),
    (errors.PeriodError, ValueError, {"value": "x", "problem": None},
     "'x' is no period: write 2021-09-02, 2021-04, 2021-Q2, 2021 or 2021-09-02/2024-12-31"),
    (errors.RateContradictionError, ValueError,
     {"pair": "USD/CNY", "factor": "7", "others": (), "implied": "1"},
     "USD/CNY is 7, but a currency is 1 of itself; leave it out"),
    (errors.RateContradictionError, ValueError,
     {"pair": "USD/CNY", "factor": "7", "others": ("CNY/USD",), "implied": "6"},
     "USD/CNY is 7, but 6 by CNY/USD: it contradicts CNY/USD; give one of them"),
    (errors.RateContradictionError, ValueError,
     {"pair": "USD/CNY", "factor": "7", "others": ("USD/EUR", "EUR/CNY"), "implied": "6"},
     "USD/CNY is 7, but 6 through USD/EUR and EUR/CNY; leave one of them out"),
    (errors.RateNotFoundError, LookupError,
     dict(zip(["base", "quote", "on", "currency", "known", "nearest", "way_out"],
              (*NO_RATE, None), strict=True)),
     "no CNY rate on 1998; nothing is fixed (asked for CNY to USD)"),
    (errors.RecordError, ValueError, {"field": "name", "value": 5, "problem": "is no text"},
     "name: 5 is no text"),
    (errors.RecordNotFoundError, KeyError,
     {"id": "alibab", "known": ("alibaba",), "kind": "record", "is_other": "", "called": ()},
     "no record 'alibab'; did you mean alibaba?"),
    (errors.RecordNotFoundError, KeyError,
     {"id": "alibaba", "known": (), "kind": "pledge", "is_other": "a company", "called": ()},
     "'alibaba' is a company, and no pledge"),
    (errors.RecordNotFoundError, KeyError,
     {"id": "Acme", "known": ("a", "b"), "kind": "company", "is_other": "", "called": ("a", "b")},
     "no company 'Acme'; did you mean a or b?"),
    (errors.SharedNameError, LookupError, {"name": "Acme", "ids": ("acme", "acme-2")},
     "2 records are called 'Acme'; give the id of one: acme, acme-2"),
    (errors.TextError, ValueError, {"value": b"$5", "problem": "is no text"}, "b'$5' is no text"),
    (errors.StyleError, ValueError, {"style": "x", "known": ("full", "words")},
     "'x' is no style; there are full, words"),
    (errors.UnitError, ValueError, {"value": "x", "problem": "no unit x"}, "'x': no unit x"),
    (errors.ValueNotFoundError, LookupError, {"field": "stage", "value": "x", "known": (), "way_out": ""},
     "stage: there is no 'x'; there is none at all"),
    (errors.ValueNotFoundError, LookupError, {"field": "stage", "value": "x", "known": ("y",), "way_out": ""},
     "stage: there is no 'x'; there is y"),
    (errors.ValueNotFoundError, LookupError, {"field": "stage", "value": "x", "known": ("y", "z"), "way_out": "a"},
     "stage: there is no 'x'; there are y, z; a"),
]  # fmt: skip


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


OURS = {each for each in subclasses(CommonProsperityError) if "errors" in each.__module__}
Error = TypeVar("Error", bound=CommonProsperityError)


def copies(error: Error) -> list[Error]:
    pickled: Error = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own bytes)
    return [pickled, copy.copy(error), copy.deepcopy(error)]


table = pytest.mark.parametrize(("kind", "builtin", "facts", "sentence"), ERRORS)


def test_every_error_is_in_the_table() -> None:
    assert {kind for kind, *_ in ERRORS} | {errors.MissingRatesError} == OURS


@table
def test_error_is_a_builtin_too_and_says_its_sentence(
    kind: type[CommonProsperityError], builtin: type, facts: dict[str, Any], sentence: str
) -> None:
    error = kind(*facts.values())
    assert isinstance(error, builtin)
    assert str(error) == str(kind(**facts)) == sentence


@table
def test_facts_are_the_arguments_and_outlive_pickling_and_copying(
    kind: type[CommonProsperityError], builtin: type, facts: dict[str, Any], sentence: str
) -> None:
    error = kind(**facts)
    assert isinstance(error, builtin)
    # A way out comes behind them.
    assert error.args == (*facts.values(), *error.args[len(facts) :])
    assert not any(error.args[len(facts) :])
    for same in copies(error):
        assert (type(same), str(same), same.args) == (kind, sentence, error.args)
        assert {name: getattr(same, name) for name in facts} == facts
        for name in ("value", "problem"):
            assert getattr(same, name, None) == getattr(error, name, None)


def test_error_changed_by_attrs_says_its_new_facts() -> None:
    error = errors.AmbiguousAmountError("$5", "$", ("USD",), Decimal(5))
    changed = attrs.evolve(error, value="$6")
    assert str(changed).startswith("'$6' is ambiguous")
    assert changed.problem == "does not say which currency it is in; write its code, such as USD"
    assert changed.at is None
    unnamed = errors.AmbiguousAmountError("5", "", (), Decimal(5))
    assert unnamed.problem.endswith("write its code, such as CNY")


def test_inexact_amount_tells_a_field_which_others_take_the_rest() -> None:
    about, from_to = (errors.InexactAmountError("x", form) for form in ("about", "range"))
    assert about.problem == "is not exact; write the amount alone here, and about in qualifier"
    assert from_to.problem == "is a range; write its lower end here and its upper end in high"


TEXTS = {
    "AmbiguousAmountError": "symbol", "InexactAmountError": "form", "CurrencyError": "meant",
    "CurrencyMismatchError": "left right", "CountryError": "meant", "DownloadError": "url",
    "MissingExtraError": "extra package", "MissingRatesError": "base currency on quote",
    "PeriodComparisonError": "way_out", "PriceNotFoundError": "country",
    "RateContradictionError": "factor implied pair value", "RateNotFoundError": "base currency on quote",
    "RecordError": "field", "ValueNotFoundError": "field",
}  # fmt: skip
"""The facts of errors that are texts in no language: codes, names, dates, code to write."""


@pytest.mark.parametrize("kind", sorted(OURS, key=str), ids=lambda kind: kind.__name__)
def test_what_an_error_says_in_words_is_a_sentence(kind: type[Any]) -> None:
    hints = get_type_hints(kind)
    texts = {each.name for each in attrs.fields(kind) if hints[each.name] in {str, str | None}}
    assert texts == {*TEXTS.get(kind.__name__, "").split()}


@table
def test_every_error_is_said_in_chinese(
    kind: type[CommonProsperityError], builtin: type, facts: dict[str, Any], sentence: str
) -> None:
    error = kind(**facts)
    assert isinstance(error, builtin)
    assert error.sentence == sentence
    chinese = in_language("zh_CN")(error.sentence)
    assert chinese != sentence or kind in {errors.CellError, errors.TextError}


def test_missing_rates_have_the_facts_of_the_first() -> None:
    first, second = RateNotFoundError(*NO_RATE), RateNotFoundError("KZT", *NO_RATE[1:])
    error = errors.MissingRatesError.of(((first, ("a", "b")), (second, ("c",))))
    for same in (error, *copies(error)):
        assert same.args[:6] == NO_RATE == (
            same.base, same.quote, same.on, same.currency, same.known, same.nearest
        )  # fmt: skip
        assert [ids for _, ids in same.missing] == [("a", "b"), ("c",)]
        assert str(same) == str(error)


def refuse_in_turn() -> None:
    try:
        _ = dict[str, str]()["a"]
    except KeyError as cause:
        raise errors.RecordError("name", 5, Sentence("is no text")) from cause


def test_missing_rates_name_a_date_and_a_pledge_once() -> None:
    error = errors.MissingRatesError.of(((RateNotFoundError(*NO_RATE), ("a", "b")),) * 2)
    assert str(error) == ("no CNY rate on 1998; nothing is fixed (asked for CNY to USD by a, b)")


def test_missing_rates_tell_five_pairs_and_count_the_rest() -> None:
    def missing(pairs: int) -> str:
        bases = ("AED", "BHD", "CNY", "DKK", "EGP", "FJD", "GBP")[:pairs]
        each = (
            (RateNotFoundError(base, "USD", "1998", base, Sentence("x"), ()), ("a",))
            for base in bases
        )
        return str(errors.MissingRatesError.of(tuple(each)))

    assert missing(5).endswith("no EGP rate on 1998; x (asked for EGP to USD by a)")
    assert missing(6).endswith("(asked for EGP to USD by a); and 1 more")
    assert missing(7).endswith("(asked for EGP to USD by a); and 2 more")


def test_error_is_raised_chained_and_compared_as_any_other() -> None:
    with pytest.raises(ValueError, match="5 is no text") as caught:
        refuse_in_turn()
    caught.value.add_note("in the third row")
    assert isinstance(caught.value.__cause__, KeyError)
    assert caught.value != errors.RecordError("name", 5, Sentence("is no text"))
    assert len({caught.value, caught.value}) == 1


def test_problem_at_a_place_is_the_only_fault() -> None:
    error = FileError.at("mine.csv:1", Sentence("has no headings"))
    assert type(error) is FileError
    assert error.faults == (Fault("", "", Sentence("has no headings"), "mine.csv:1"),)


def test_tree_in_the_docstring_is_that_of_the_classes() -> None:
    drawn = str(errors.__doc__).split("::\n\n", 1)[1].split("\n\n")[0]
    names = [line.strip(" │├└─").split(" ")[0] for line in drawn.splitlines()]
    assert sorted(names) == sorted(kind.__name__ for kind in OURS | {CommonProsperityError})
    for line in drawn.splitlines()[1:]:
        name, _, builtin = line.strip(" │├└─)").partition(" (")
        kind = getattr(errors, name)
        depth = (len(line) - len(line.lstrip(" │├└─"))) // 4 - 1
        assert len([each for each in kind.__mro__ if each in OURS]) == depth
        assert builtin in {"", *(each.__name__ for each in kind.__bases__)}


def test_public_names_are_all_that_the_room_defines() -> None:
    defined = {
        name
        for name, value in vars(errors).items()
        if inspect.isclass(value) and value.__module__ == errors.__name__
    }
    assert {*errors.__all__} == defined
