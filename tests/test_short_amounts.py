"""Amounts that one pattern reads: what the grammar reads in them, or None."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonprosperity.errors import AmountError, CommonProsperityError, CurrencyError
from commonprosperity.wording.currencies import currency_codes
from commonprosperity.wording.reading import Meanings, UncertainAmount, read_tokens, read_wording
from commonprosperity.wording.short import read_short
from commonprosperity.wording.terms import Qualifier, TokenKind, terms
from commonprosperity.wording.tokens import tokens

CODES = sorted(currency_codes())
NAMES = [*(spelling for spelling, kinds in terms().items() if TokenKind.NAME in kinds), *CODES]
SCALES = [spelling for spelling, kinds in terms().items()
          if kinds.keys() & {TokenKind.SCALE, TokenKind.MYRIAD}]  # fmt: skip
NUMBERS = ("5", "0", "007", "1,234", "12,34", "1,234.50", "15.49", "5.", "1.234", "1234,567")


def by_the_grammar(text: str) -> UncertainAmount | None:
    try:
        return read_tokens(text, tokens(text, None), Meanings({}, None))
    except CommonProsperityError:
        return None


def agrees(text: str) -> bool:
    """Whether a text is read as the grammar reads it, with as many digits, or not at all."""
    short, reading = read_short(text), by_the_grammar(text)
    if short is None:
        return True
    amount, code = short
    exact = (amount, None, (code,), Qualifier.EXACT)
    return (
        reading is not None
        and (reading.amount, reading.high, reading.currencies, reading.qualifier) == exact
        and str(reading.amount) == str(amount)
    )


@pytest.mark.parametrize(
    ("text", "amount", "code"),
    [
        ("US$15.49 billion", "1.549E+10", "USD"),
        ("RMB50bn", "5.0E+10", "CNY"),
        ("rmb 50 BN", "5.0E+10", "CNY"),
        ("100 billion yuan", "1.00E+11", "CNY"),
        ("1,234.50 euros", "1234.50", "EUR"),
        ("105,060 yuan", "105060", "CNY"),
        ("5 million US dollars", "5E+6", "USD"),
        ("EUR 5", "5", "EUR"),
        ("20usd", "20", "USD"),
        ("5亿元", "5E+8", "CNY"),
        ("1.5万亿美元", "1.5E+12", "USD"),
        ("人民币 100 万", "1.00E+6", "CNY"),
        ("0 yuan", "0", "CNY"),
    ],
)
def test_a_number_a_scale_and_a_name_are_an_amount(text: str, amount: str, code: str) -> None:
    reading = read_short(text)
    assert reading is not None
    assert (str(reading[0]), reading[1]) == (str(Decimal(amount)), code)
    assert agrees(text)
    assert read_wording(text) == (Decimal(amount), None, code, Qualifier.EXACT)


@pytest.mark.parametrize(
    "text",
    [
        "$5", "5 pesos", "5 dollars", "¥5",  # several currencies
        "5", "5 million", "yuan", "",  # no currency, no number
        "US$5 yuan", "USD 5 USD",  # two names
        "-5 yuan", "about 5 yuan", "5-10 yuan", "5 yuan or more", "5 yuan a year",
        "5 thousand million yuan", "5 bnyuan", "5千亿元", "5多亿元",
        "5億元", "5元約",  # beside traditional characters
        "12,34 yuan", "1,2345 yuan", "5. yuan", ".5 yuan", "５ yuan",
        "Usd 5", "usD 5", "5 usddollars", "5  yuan", "5 yuan ", "5\nyuan",
    ],
)  # fmt: skip
def test_any_other_text_is_left_to_the_grammar(text: str) -> None:
    assert read_short(text) is None


def test_a_text_of_more_than_40_characters_is_left_to_the_grammar() -> None:
    assert read_short("5" * 35 + " yuan") == (Decimal("5" * 35), "CNY")
    assert read_short("5" * 36 + " yuan") is None
    assert read_wording("5" * 36 + " yuan").amount == Decimal("5" * 36)


def test_what_only_the_grammar_can_know_is_asked_of_it() -> None:
    assert read_wording("US$5", symbols={"US$": "CAD"}).currency == "CAD"
    assert read_wording("US$1.234", locale="de").amount == 1234
    with pytest.raises(CurrencyError):
        read_wording("US$5", default="dollars")
    with pytest.raises(AmountError, match="give a text"):
        read_wording(5)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["{}5", "{} 5", "5{}", "5 {}", "5 million {}", "5m{}", "5亿{}"])
def test_every_name_means_what_it_means_in_the_grammar(form: str) -> None:
    texts = [form.format(name) for name in NAMES]
    texts += [text.upper() for text in texts] + [text.title() for text in texts]
    assert not [text for text in texts if not agrees(text)]
    assert sum(read_short(text) is not None for text in texts) > len(NAMES) // 2


@pytest.mark.parametrize("form", ["RMB5{}", "RMB 5 {}", "5{} yuan", "5{}元", "5 {} US dollars"])
def test_every_scale_is_the_power_that_it_is_in_the_grammar(form: str) -> None:
    texts = [form.format(scale) for scale in SCALES]
    texts += [text.upper() for text in texts]
    assert not [text for text in texts if not agrees(text)]
    assert sum(read_short(text) is not None for text in texts) > len(SCALES) // 2


SPACES = st.sampled_from(["", " ", "  ", "-", "\n"])
CASES = st.sampled_from([str, str.upper, str.title])
WORDS = st.sampled_from(sorted(terms()))
NAME = st.just("") | st.sampled_from(NAMES) | WORDS
SCALE = st.just("") | st.sampled_from(SCALES) | WORDS


@given(
    parts=st.tuples(NAME, SPACES, st.sampled_from(NUMBERS), SPACES, SCALE, SPACES, NAME),
    case=CASES,
)
def test_whatever_stands_together_is_read_as_the_grammar_reads_it(
    parts: tuple[str, ...], case: "type[str]"
) -> None:
    assert agrees(case("".join(parts)))


@given(text=st.text(alphabet="$€US RMBbnmyuan5,.0亿万元-", max_size=12))
def test_random_characters_are_read_as_the_grammar_reads_them(text: str) -> None:
    assert agrees(text)
