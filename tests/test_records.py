import copy
import pickle
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

import attrs
import pytest
from hypothesis import given

import commonprosperity as cp
from commonprosperity import (
    CommonProsperityError,
    Company,
    Dataset,
    Figure,
    Initiative,
    Instrument,
    Money,
    ParsedAmount,
    Period,
    Pledge,
    Qualifier,
    Source,
    Stage,
)
from commonprosperity.errors import AmountError, CurrencyError, PeriodError, RecordError
from strategies import full_datasets, pledge


def source(**facts: Any) -> Source:
    return Source(**{"id": "press", "title": "A press release", **facts})


def company(**facts: Any) -> Company:
    return Company(**{"id": "acme", "name": "Acme", **facts})


def initiative(**facts: Any) -> Initiative:
    return Initiative(**{"id": "hope", "company": "acme", "name": "Hope", **facts})


def a_pledge(**facts: Any) -> Pledge:
    return pledge(facts.pop("id", "a"), **facts)


def figure(**facts: Any) -> Figure:
    return Figure(**{"id": "donors", "about": "hope", "value": 7, **facts})


MAKERS: list[Callable[..., Any]] = [source, company, initiative, a_pledge, figure]

IDS = {
    source: ["id"],
    company: ["id"],
    initiative: ["id", "company", "part_of", "source"],
    a_pledge: ["id", "company", "initiative", "part_of", "supersedes", "restates", "source"],
    figure: ["id", "about", "source"],
}
TEXTS = {
    source: ["title", "publisher", "note", "title_zh", "note_zh"],
    company: ["name", "name_zh", "note", "note_zh"],
    initiative: ["name", "name_zh", "lead", "locator", "note", "locator_zh", "note_zh"],
    a_pledge: [
        "funder",
        "recipient",
        "locator",
        "note",
        "funder_zh",
        "recipient_zh",
        "locator_zh",
        "note_zh",
    ],
    figure: ["measure", "unit", "locator", "note", "locator_zh", "note_zh"],
}
PERIODS = {
    source: ["published"],
    initiative: ["started", "ends"],
    a_pledge: ["announced", "value_date", "spend"],
    figure: ["period"],
}


def each(fields: dict[Any, list[str]]) -> list[tuple[Callable[..., Any], str]]:
    return [(make, field) for make, names in fields.items() for field in names]


# What they take


@pytest.mark.parametrize(
    ("kind", "required"),
    [
        (Source, ["id", "title"]),
        (Company, ["id", "name"]),
        (Initiative, ["id", "name"]),
        (Pledge, ["id", "company", "amount", "announced"]),
        (Figure, ["id", "about", "value"]),
    ],
)
def test_only_a_few_fields_are_required(kind: type, required: list[str]) -> None:
    assert [f.name for f in attrs.fields(kind) if f.default is attrs.NOTHING] == required


@pytest.mark.parametrize("make", MAKERS)
def test_what_is_not_given_is_none_or_empty(make: Callable[..., Any]) -> None:
    record = make()
    left_out = {
        field.name: getattr(record, field.name)
        for field in attrs.fields(type(record))
        if field.default is not attrs.NOTHING and field.name != "company"
    }
    meant: dict[str, object] = {"qualifier": Qualifier.EXACT, "stage": Stage.PLEDGE}
    meant |= {"value_date": Period.parse("2021-01-04"), "pooled": False}
    meant |= dict.fromkeys(["themes", "aliases", "equivalents"], ()) | {"tags": {}}
    for name, value in left_out.items():
        assert value == meant.get(name)


def test_fields_of_a_pledge_take_their_texts() -> None:
    taken = pledge(
        "a",
        "2 billion CNY",
        high="3 billion CNY",
        qualifier="up_to",
        stage="commitment",
        instrument="in_kind",
        announced="2021-Q3",
        value_date=date(2021, 9, 2),
        spend="2021-09-02/2024-12-31",
        equivalents=["310 million USD", Money(300, "EUR")],
    )
    assert (taken.amount, taken.high) == (Money("2E+9", "CNY"), Money("3E+9", "CNY"))
    assert taken.qualifier is Qualifier.UP_TO
    assert taken.stage is Stage.COMMITMENT
    assert taken.instrument is Instrument.IN_KIND
    assert (taken.announced, taken.value_date) == (
        Period(date(2021, 7, 1), date(2021, 9, 30)),
        Period(date(2021, 9, 2), date(2021, 9, 2)),
    )
    assert taken.spend == Period(date(2021, 9, 2), date(2024, 12, 31))
    assert taken.equivalents == (Money("3.1E+8", "USD"), Money(300, "EUR"))


def test_value_date_is_the_announcement_unless_it_is_given() -> None:
    assert pledge("a", announced="2021-04").value_date == Period.parse("2021-04")
    assert pledge("a", value_date="2021-05").value_date == Period.parse("2021-05")


def test_lists_become_tuples() -> None:
    assert initiative(themes=["work", "health"]).themes == ("work", "health")
    assert initiative(themes=iter(["work"])).themes == ("work",)
    assert company(aliases=["Acme Ltd", "极致"]).aliases == ("Acme Ltd", "极致")
    assert isinstance(pledge("a", equivalents=[]).equivalents, tuple)


def test_one_text_stands_for_a_tuple_of_one() -> None:
    assert initiative(themes="work").themes == ("work",)
    assert company(aliases="Acme Ltd").aliases == ("Acme Ltd",)
    assert pledge("a", equivalents="5 USD").equivalents == (Money(5, "USD"),)
    assert pledge("a", equivalents=Money(5, "USD")).equivalents == (Money(5, "USD"),)


@pytest.mark.parametrize("value", [7, "7", Decimal("7.0")])
def test_value_of_a_figure_is_exact(value: Any) -> None:
    assert figure(value=value).value == Decimal(7)
    assert isinstance(figure(value=value).value, Decimal)
    assert figure(value="-12.5").value == Decimal("-12.5")


@pytest.mark.parametrize(
    "id_", ["a", "A-1_b.2", "腾讯-2021", "Việt", "компания", "شركة", "삼성", "٢٠٢١", "-", "..."]
)
def test_id_is_of_any_script(id_: str) -> None:
    assert company(id=id_).id == id_


@pytest.mark.parametrize(
    "url", ["http://a.b", "https://a.b/c?d=e#f", "HTTPS://A.B", "http://例え.jp"]
)
def test_web_address_is_http_or_https(url: str) -> None:
    assert source(url=url).url == url


@pytest.mark.parametrize(("make", "field"), each(IDS) + each(TEXTS))
def test_text_is_composed(make: Callable[..., Any], field: str) -> None:
    record = make(**{field: "cafe\u0301"})
    assert getattr(record, field) == "caf\u00e9"
    assert record == make(**{field: "caf\u00e9"})


def test_themes_aliases_and_web_addresses_are_composed() -> None:
    assert company(aliases="cafe\u0301").aliases == ("caf\u00e9",)
    assert initiative(themes=["cafe\u0301"]).themes == ("caf\u00e9",)
    assert source(url="http://cafe\u0301.fr").url == "http://caf\u00e9.fr"


@pytest.mark.parametrize("text", ["共同富裕", "a\u200db", "👨‍👩‍👧", " x ", "<b>", "עברית"])
def test_text_is_kept_as_it_is(text: str) -> None:
    assert company(note=text).note == text


# What they refuse


def refusal(make: Callable[..., Any], **facts: Any) -> str:
    with pytest.raises(CommonProsperityError) as caught:
        make(**facts)
    assert isinstance(caught.value, ValueError)
    return str(caught.value)


UNSEEN = [
    "\x00",
    "\x1f",
    "\x7f",
    "\x80",
    "\x9f",
    "\ud800",
    "\udfff",
    "\u202a",
    "\u202e",
]
UNSEEN += ["\u2066", "\u2069"]


def empty_problem(make: Callable[..., Any], field: str) -> str:
    """Return what is wrong with an empty text: only what may be left out says so."""
    is_needed = attrs.fields_dict(type(make()))[field].default is attrs.NOTHING
    way_out = (
        "fill it in, as it cannot be left out" if is_needed else "leave it out or write something"
    )
    return f"is empty; {way_out}"


def test_date_of_two_meanings_is_to_be_written_in_another_way_as_a_record_takes_no_form() -> None:
    problem = "it may be 2014-06-05 or 2014-05-06; write one of them"
    assert refusal(a_pledge, announced="5/6/2014") == f"'5/6/2014' is no period: {problem}"
    assert refusal(a_pledge, announced="soon").startswith("'soon' is no period: write 2021-09-02,")
    assert (
        refusal(a_pledge, announced="2021-02-30")
        == "'2021-02-30' is no period: 2021-02 has 28 days"
    )


LINE_ENDS = ["\n", "\t", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize(("make", "field"), each(TEXTS))
@pytest.mark.parametrize("end", [*LINE_ENDS, "\r\n", "\n\n\t"])
def test_a_line_end_in_a_text_is_a_space_and_none_at_its_ends(
    make: Callable[..., Any], field: str, end: str
) -> None:
    assert getattr(make(**{field: f"{end}two{end}lines{end}"}), field) == "two lines"
    assert refusal(make, **{field: end}) == f"{field}: '' {empty_problem(make, field)}"


def test_spaces_of_a_text_stay_as_they_are() -> None:
    assert a_pledge(note=" two  spaces \n").note == " two  spaces "


@pytest.mark.parametrize(("make", "field"), [*each(IDS), *each(TEXTS), (source, "url")])
def test_what_is_no_text_is_refused(make: Callable[..., Any], field: str) -> None:
    assert refusal(make, **{field: 5}) == f"{field}: 5 is no text"
    for empty in ("", " ", "\u3000"):
        problem = empty_problem(make, field)
        assert refusal(make, **{field: empty}) == f"{field}: {empty!r} {problem}"
    line_ends = [] if (make, field) in each(TEXTS) else LINE_ENDS
    for unseen in [*UNSEEN, *line_ends]:
        value = f"a{unseen}b"
        problem = "has a control character; write visible characters, on one line"
        assert refusal(make, **{field: value}) == f"{field}: {value!r} {problem}"


@pytest.mark.parametrize(("make", "field"), each(IDS))
@pytest.mark.parametrize("id_", ["a b", "a/b", "a:b", "a,b", "<b>", "a#", "é!", "a\u2020"])
def test_what_is_no_id_is_refused(make: Callable[..., Any], field: str, id_: str) -> None:
    problem = "is no id; write letters, digits, -, _ and . only"
    assert refusal(make, **{field: id_}) == f"{field}: {id_!r} {problem}"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "ftp://a.b", "//a.b", "a.b", "http:a", "http://", "http:///x",
     "https://a b", "xhttp://a.b", "data:text/html,http://a.b", "http://a.b c"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    problem = "is no web address; it starts with http:// or https://"
    assert refusal(source, url=url) == f"url: {url!r} {problem}"


@pytest.mark.parametrize("make", MAKERS)
def test_required_text_is_not_none(make: Callable[..., Any]) -> None:
    assert refusal(make, id=None) == "id: None is no text"


@pytest.mark.parametrize(
    ("theme", "sentence"),
    [
        (5, "themes: 5 is no text"),
        ("", "themes: '' is empty; leave it out or write something"),
        (
            "a\x1bb",
            "themes: 'a\\x1bb' has a control character; write visible characters, on one line",
        ),
    ],
)
def test_theme_that_is_no_text_is_refused(theme: Any, sentence: str) -> None:
    assert refusal(initiative, themes=["work", theme]) == sentence
    aliases = sentence.replace("themes", "aliases")
    assert refusal(company, aliases=["Acme Ltd", theme]) == aliases


@pytest.mark.parametrize("value", [5, {"a": 1}, None])
def test_what_is_no_list_is_refused(value: Any) -> None:
    assert refusal(initiative, themes=value) == f"themes: {value!r} is no list"
    assert refusal(company, aliases=value) == f"aliases: {value!r} is no list"
    assert refusal(a_pledge, equivalents=value) == f"equivalents: {value!r} is no list"


NEGATIVE = (
    "is negative; a withdrawal is an amount of 0, and a correction is of the stage commitment or "
    "disbursement"
)
TAGS = 'tags: {} is no table of texts; write a key and a text for each: {{"country": "Kenya"}}'


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            {"qualifier": "abuot"},
            "qualifier: 'abuot' is none of exact, about, at_least, up_to; did you mean about?",
        ),
        (
            {"stage": "Commitments"},
            (
                "stage: 'Commitments' is none of pledge, commitment, disbursement; "
                "did you mean commitment?"
            ),
        ),
        ({"instrument": 5}, "instrument: 5 is none of cash, shares, loan, in_kind"),
        ({"amount": "-1 CNY"}, f"amount: '-1 CNY' {NEGATIVE}"),
        (
            {"amount": "-1 CNY", "stage": "disbursement", "qualifier": "up_to"},
            "qualifier: 'up_to' is no qualifier of a correction, whose amount is exact or about",
        ),
        (
            {"amount": "-1 CNY", "stage": "disbursement", "qualifier": "at_least"},
            "qualifier: 'at_least' is no qualifier of a correction, whose amount is exact or about",
        ),
        (
            {"amount": "-9 CNY", "stage": "commitment", "high": "-5 CNY"},
            "high: '-5 CNY' is the end of a range, and a correction is none; leave it out",
        ),
        (
            {"amount": "-9 CNY", "stage": "commitment", "equivalents": ["-1 USD", "0 EUR"]},
            "equivalents: '0 EUR' is not negative, and the amount is; give both one sign",
        ),
        ({"recipient": " "}, "recipient: ' ' is empty; leave it out or write something"),
        ({"tags": "Kenya"}, TAGS.format("'Kenya'")),
        ({"tags": [("country", "Kenya")]}, TAGS.format("[('country', 'Kenya')]")),
        ({"tags": {"country": 5}}, "tags.country: 5 is no text"),
        ({"tags": {5: "Kenya"}}, "tags: 5 is no text"),
        ({"tags": {"": "Kenya"}}, "tags: '' is empty; leave it out or write something"),
        (
            {"tags": {"caf\u00e9": "1", "cafe\u0301": "2"}},
            "tags: {'caf\u00e9': '1', 'cafe\u0301': '2'} has one key twice; leave one of them out",
        ),
        (
            {"equivalents": ["1 USD", "-2 EUR"]},
            "equivalents: '-2 EUR' is negative, and the amount is not; give both one sign",
        ),
        (
            {"equivalents": ["1 USD", "2 CNY"]},
            "equivalents: '2 CNY' is in the amount's own currency; an equivalent is in another",
        ),
        ({"high": "99 CNY"}, "high: '99 CNY' is no upper end of a range from 100 CNY"),
        ({"high": "200 USD"}, "high: '200 USD' is no upper end of a range from 100 CNY"),
    ],
)
def test_pledge_refuses(facts: dict[str, Any], sentence: str) -> None:
    assert refusal(a_pledge, **facts) == sentence


def test_correction_is_an_amount_below_zero() -> None:
    refund = a_pledge(amount="-326 CHF", stage="disbursement", equivalents=["-350 USD"])
    assert refund.is_correction
    assert a_pledge(amount="-326 CHF", stage="commitment", qualifier="about").is_correction
    assert not a_pledge(amount="0 CHF", stage="commitment").is_correction
    assert refund.amount_in("USD") == Money(-350, "USD")


def test_pool_is_said_by_its_initiative() -> None:
    assert repr(initiative(pooled=True)).endswith("pooled=True)")
    assert "pooled" not in repr(initiative(pooled=False))
    assert ("pooled", "yes") in initiative(pooled=True).table().rows
    assert not any("pooled" in row for row in initiative().table().rows)
    assert refusal(initiative, pooled="yes") == (
        "pooled: 'yes' is neither true nor false; write one of them"
    )


def test_figure_refuses_a_qualifier_that_is_none() -> None:
    assert refusal(figure, qualifier="over").startswith("qualifier: 'over' is none of exact, about")


def test_errors_keep_their_facts() -> None:
    with pytest.raises(RecordError) as caught:
        company(id="a b")
    assert (caught.value.field, caught.value.value) == ("id", "a b")
    assert caught.value.problem.startswith("is no id")


@pytest.mark.parametrize("amount", ["100", "100 RMBs", "100,5 CNY", "some CNY", "1e3 CNY"])
def test_amount_that_is_no_money_is_refused(amount: str) -> None:
    with pytest.raises((AmountError, CurrencyError)):
        pledge("a", amount)


@pytest.mark.parametrize("value", [1.5, True, "1,000", "NaN", None])
def test_value_that_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(AmountError):
        figure(value=value)


@pytest.mark.parametrize(("make", "field"), each(PERIODS))
@pytest.mark.parametrize("value", ["yesterday", 2021, datetime(2021, 9, 2), "2021-02-30"])  # noqa: DTZ001
def test_what_is_no_period_is_refused(make: Callable[..., Any], field: str, value: Any) -> None:
    with pytest.raises(PeriodError):
        make(**{field: value})


@pytest.mark.parametrize("field", ["announced", "amount", "value_date", "qualifier", "stage"])
def test_what_every_pledge_has_is_not_none(field: str) -> None:
    with pytest.raises(CommonProsperityError):
        a_pledge(**{field: None})


def test_withdrawal_is_an_amount_of_nothing() -> None:
    assert pledge("a", "0 CNY").amount == Money(0, "CNY")
    assert pledge("a", equivalents=["0 USD"]).equivalents == (Money(0, "USD"),)


def test_range_may_end_where_it_begins() -> None:
    assert pledge("a", high="100 CNY").high == Money(100, "CNY")


# What they are


@pytest.mark.parametrize("make", MAKERS)
def test_records_are_frozen_hashable_values(make: Callable[..., Any]) -> None:
    record = make()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        record.id = "other"
    with pytest.raises(AttributeError):
        record.colour = "red"
    assert not hasattr(record, "__dict__")
    assert record == make()
    assert hash(record) == hash(make())
    assert record != make(id="other")
    assert record != make(note="Hearsay.")
    duplicates = copy.copy(record), copy.deepcopy(record), pickle.loads(pickle.dumps(record))  # noqa: S301
    assert {*duplicates} == {record}


@pytest.mark.parametrize("make", MAKERS)
def test_fields_are_given_by_name(make: Callable[..., Any]) -> None:
    with pytest.raises(TypeError):
        type(make())("id", "acme", "name", "more", "and", "more")


def test_equal_amounts_make_equal_pledges() -> None:
    one, other = pledge("a", "1.0 billion CNY"), pledge("a", "1,000 million CNY")
    assert one == other
    assert hash(one) == hash(other)


def test_amount_in_a_currency_is_the_amount_or_the_first_equivalent() -> None:
    told = pledge("a", "1 USD", equivalents=["6 CNY", "7 CNY", "2 EUR"])
    assert told.amount_in("USD") == Money(1, "USD")
    assert told.amount_in("CNY") == Money(6, "CNY")
    assert told.amount_in("EUR") == Money(2, "EUR")
    assert told.amount_in("JPY") is None


def test_enumerations_are_their_texts() -> None:
    assert [*Qualifier] == ["exact", "about", "at_least", "up_to"]
    assert [*Stage] == ["pledge", "commitment", "disbursement"]
    assert [*Instrument] == ["cash", "shares", "loan", "in_kind"]


@pytest.mark.parametrize(
    "id_", ["हिन्दी", "ไทยนี้", "தமிழ்", "עִבְרִית", "腾讯", "tiếng-Việt", "Ünïcode_1.0"]
)
def test_ids_are_of_any_script(id_: str) -> None:
    assert Company(id=id_, name="x").id == id_


# What they show


@given(full_datasets())
def test_repr_of_a_record_makes_it_again(dataset: Dataset) -> None:
    for record in dataset.records:
        again = eval(repr(record), vars(cp))  # noqa: S307 (that is what a repr is for)
        assert again == record
        assert repr(again) == repr(record)


def test_repr_leaves_out_what_is_not_said() -> None:
    assert repr(company()) == "Company(id='acme', name='Acme')"
    told = a_pledge(
        amount="15.490 billion CNY", stage="commitment", equivalents="5 USD", spend="2022"
    )
    assert repr(told) == (
        "Pledge(id='a', company='acme', amount='15,490 million CNY', stage='commitment', "
        "announced='2021-01-04', spend='2022', equivalents=('5 USD',))"
    )
    assert repr(a_pledge(value_date="2021-01-05")).endswith("value_date='2021-01-05')")


def test_record_shows_the_facts_that_it_is_given() -> None:
    told = a_pledge(amount="0 CNY", equivalents=["5 USD", "4 EUR"], note="So.")
    assert told.table().rows == (
        ("id", "a"), ("company", "acme"), ("amount", "0 CNY"), ("qualifier", "exact"),
        ("stage", "pledge"), ("announced", "2021-01-04"), ("value_date", "2021-01-04"),
        ("equivalents", "5 USD, 4 EUR"), ("note", "So."),
    )  # fmt: skip
    assert [column.name for column in told.table().columns] == ["Pledge", "fact"]
    assert str(told) == told.table().text(80)
    assert told._repr_html_() == told.table().html()
    assert told._repr_markdown_() == told.table().markdown()
    assert figure(value=0).table().rows[2] == ("value", "0")


def test_address_of_a_source_is_a_link() -> None:
    url = "https://a.org/?a=1&b=2"
    assert f'<a href="{escape(url)}"' in source(url=url)._repr_html_()


def test_amount_is_stated_with_how_firm_it_is() -> None:
    told = a_pledge(amount="5 billion USD", high="10 billion USD", qualifier="about")
    assert told.stated == ParsedAmount(told.amount, Qualifier.ABOUT, told.high)
    assert str(told.stated) == "about 5 billion USD to 10 billion USD"
