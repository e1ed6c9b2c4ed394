"""Amounts in running text are found where they stand, and nothing else is."""

from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.errors import (
    AmbiguousAmountError,
    AmountError,
    CurrencyError,
    FileError,
    LocaleError,
    PeriodError,
    TextError,
)
from commonprosperity.mentions import TEXT_AT_MOST, Mentions
from commonprosperity.wording.names import names
from commonprosperity.wording.terms import terms
from in_print import ROWS
from sentences import SEEN, UNSEEN, Row, counts, outcome

DOLLARS = {"$": "USD"}


def texts(text: str, **settings: Any) -> list[str]:
    return [mention.text for mention in cp.find_amounts(text, **settings)]


def read(text: str, **settings: Any) -> str | None:
    """Return what `parse_amount` reads, and None where the currency is not certain."""
    try:
        return str(cp.parse_amount(text, **settings))
    except AmbiguousAmountError:
        return None


# The tables


def test_the_tables_are_large_and_of_both_languages() -> None:
    assert len(SEEN) >= 150
    assert sum(not row.amounts for row in SEEN) >= 40
    assert len(UNSEEN) == 60
    for table in (SEEN, UNSEEN):
        assert len({row.text for row in table}) == len(table)
        assert {row.language for row in table} == {"en", "zh", "mixed"}


@pytest.mark.parametrize("row", SEEN, ids=lambda row: row.text[:60])
def test_a_sentence_has_the_amounts_that_a_reader_finds(row: Row) -> None:
    assert outcome(row).keys() <= {"found", "invented"}
    assert outcome(row)["invented"] == 0


@pytest.mark.parametrize("row", [row for row in SEEN if row.amounts], ids=lambda row: row.text[:60])
def test_a_sum_in_a_second_currency_is_tied_to_the_first(row: Row) -> None:
    tied = {one.start for mention in cp.find_amounts(row.text) for one in mention.equivalents}
    assert tied == {expected.start for expected in row.amounts if expected.restates}


def test_every_amount_in_print_is_found_in_a_sentence() -> None:
    for row in ROWS:
        chinese = any(c >= "\u2e80" for c in row.text)
        before, after = (
            ("公司宣布投入", "，用于教育。") if chinese else ("It gave ", " for schools, it said.")
        )
        if row.refused == "not-one":
            continue
        found = cp.find_amounts(f"{before}{row.text}{after}")
        try:
            stated = read(row.text)
            code = cp.parse_amount(row.text).money.currency if stated else None
        except AmountError:
            assert not found, row.text
            continue
        if stated is None and code is None and not found:
            with pytest.raises(AmbiguousAmountError) as error:
                cp.parse_amount(row.text)
            assert not error.value.candidates, row.text  # it names no currency
            continue
        assert [one.text for one in found] == [row.text.strip()]
        assert str(found[0].stated) == str(stated)


# What holds for every text


def holds(text: str, **settings: Any) -> Mentions:
    mentions = cp.find_amounts(text, **settings)
    for one in mentions:
        assert text[one.start : one.end] == one.text
        assert one.text == one.text.strip()
        stated = read(one.text, **settings)
        assert (None if one.stated is None else str(one.stated)) == stated
        if one.stated:
            assert (one.stated.money.amount, one.stated.qualifier) == (one.amount, one.qualifier)
            assert one.candidates == (one.stated.money.currency,)
        else:
            assert len(one.candidates) > 1
        assert one.line == len(
            text[: one.start].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        )
        assert one.text in one.sentence
        assert one.sentence in text
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    return mentions


def test_a_mention_says_what_parse_amount_reads_in_it() -> None:
    for row in (*SEEN, *UNSEEN):
        holds(row.text)
        holds(row.text, symbols={**DOLLARS, "元": "HKD"}, default="CNY")
        holds(row.text, locale="de")
    holds("\n".join(row.text for row in SEEN))


WORDS = [
    *sorted(terms()), *sorted(names()), "5", "1.5", "10", "2021", "三", "百", "十", "百亿", "1,000", " ", " ", " ",
    "\n", "\r\n", "\n\n", "。", ". ", ", ", "(", ")", "（", "US$", "$", "RMB", "it", "grew", "of", "-", "𝟓", "é", "\0",
    "\ud800", "\u202e", "\u0301", "TOP", "A", "約", "億", "usd", "每", "到", "to", "=", "/", "~",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.booleans())
def test_any_words_are_searched(words: list[str], spaced: bool) -> None:  # noqa: FBT001
    holds((" " if spaced else "").join(words))


@given(st.lists(st.sampled_from(WORDS), max_size=10))
def test_any_words_are_searched_with_settings(words: list[str]) -> None:
    holds(" ".join(words), symbols=DOLLARS, default="EUR", locale="fr")


@given(st.text(max_size=60))
def test_any_text_is_searched(text: str) -> None:
    holds(text)


@given(st.sampled_from([row for row in SEEN if row.amounts]), st.sampled_from(
    ["𝟓𝟓𝟓 ", "é́́ ", "👩‍👩‍👧‍👦 ", "\r\n\r\n", "a\u0301\u0302 ", "𠮷野家。", "\u202e ", "\0 ", "İİ "]))  # fmt: skip
def test_places_are_those_of_the_text_whatever_stands_before(row: Row, before: str) -> None:
    found = holds(before * 3 + row.text + before)
    shift = len(before) * 3
    assert [(one.start - shift, one.end - shift) for one in found] == [
        one[:2] for one in row.amounts
    ]


# Where amounts are found


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("（投入500亿元）", ["500亿元"]),
        ("“RMB50bn”", ["RMB50bn"]),
        ("**100 billion yuan**", ["100 billion yuan"]),
        ("| a | $5 million |\n|---|---|", ["$5 million"]),
        ("the 50-billion-yuan\nfund", ["50-billion-yuan"]),
        ("up\nto\n10 billion\nyuan", ["up\nto\n10 billion\nyuan"]),
        ("10 billion\n\nyuan", []),
        ("2021年8月，人民币500亿元。", ["人民币500亿元"]),
        ("a million dollars, half a million yuan", ["a million dollars", "half a million yuan"]),
        ("5 or 10 million yuan", ["10 million yuan"]),
        ("US$5 million and €3 million", ["US$5 million", "€3 million"]),
        ("$5, $6, $7", ["$5", "$6", "$7"]),
        ("$5 $6 $7", ["$5", "$6", "$7"]),
        ("约30亿元", ["约30亿元"]),
        ("近30亿元人民币", ["近30亿元人民币"]),
        ("签约10亿元，续约5亿元", ["10亿元", "5亿元"]),
        ("折合约1,850万美元", ["约1,850万美元"]),
        ("通过5亿元预算，超过5亿元", ["5亿元", "超过5亿元"]),
        ("1 billion yuan here, $3 billion (at least) there", ["1 billion yuan", "$3 billion"]),
        ("第3条 罚款5万元以上10万元以下", ["5万元以上", "10万元以下"]),
        ("总投资约3.5亿至4亿元", ["约3.5亿至4亿元"]),
        ("满300减50元，售价199元", ["50元", "199元"]),
        ("5亿元10年期债券，第二期3亿元债券", ["5亿元", "3亿元"]),
        ("Q2 revenue was RMB 23,046.2 million", ["RMB 23,046.2 million"]),
        ("as little as $5, as much as $10 million", ["$5", "as much as $10 million"]),
        ("5 million yuan. 6 million people", ["5 million yuan"]),
        ("a five-million-dollar deal, the $5-million deal", ["five-million-dollar", "$5-million"]),
        ("人民币五十万元，五百港元", ["人民币五十万元", "五百港元"]),
        ("<br>$5 million, > $6", ["$5 million", "> $6"]),
        ("~~$5 million~~, ~$6", ["$5 million", "~$6"]),
        ("took over 5 million yuan in debt", ["5 million yuan"]),
        ("over 5 million yuan in debt", ["over 5 million yuan"]),
        ("fell from 5 million yuan to 3 million yuan", ["5 million yuan", "3 million yuan"]),
        ("prizes from 3 million yuan to 5 million yuan", ["from 3 million yuan to 5 million yuan"]),
        ("grew from 3 to 5 million yuan", ["5 million yuan"]),
        ("Prices rose from $5 to $10.", ["$5", "$10"]),
        ("同比增加3.2亿元至12亿元", ["3.2亿元", "12亿元"]),
        ("下降约38亿美元到3000亿美元", ["约38亿美元", "3000亿美元"]),
        ("投资3.2亿元至12亿元", ["3.2亿元至12亿元"]),
        ("gave $5 to 10 schools", ["$5"]),
        ("gives $5 to $10 to each", ["$5 to $10"]),
        ("US$5 million to 10 million in aid", ["US$5 million to 10 million"]),
        ("5 million yuan plus 5,000 masks", ["5 million yuan"]),
        ("5 million yuan plus.", ["5 million yuan plus"]),
        ("$5 T-shirts", ["$5"]),
        ("5亿元起诉，5亿元起。", ["5亿元", "5亿元起"]),
        ("5亿元正在到账，5亿元整。", ["5亿元", "5亿元整"]),
        ("ALL 5 million yuan", ["5 million yuan"]),
        ("The $5 million won by Tencent", ["$5 million"]),
        ("5 million won", ["5 million won"]),
        ("In 2021 RMB 5 million was paid", ["RMB 5 million"]),
        ("5 million yuan a year earlier", ["5 million yuan"]),
        ("5亿元一年后到账", ["5亿元"]),
        ("RMB100bn/US$15.5bn", ["RMB100bn", "US$15.5bn"]),
        ("owed 20 usd", ["20 usd"]),
        ("it was -5 million yuan", ["-5 million yuan"]),
        ("covid-19 yuan", []),
        ("5毛钱", ["5毛"]),
        ("三万元", ["三万元"]),
        ("捐一元。", ["一元"]),
        ("China Daily: 5 million yuan, China Daily said", ["5 million yuan"]),
        ("3.5 million yuan Daily", ["3.5 million yuan"]),
        ("$5 million and up to $6 million", ["$5 million", "up to $6 million"]),
        ("$5 million and up", ["$5 million and up"]),
        ("$5 million and over $6 million", ["$5 million"]),
        ("at least another 5 million yuan", ["at least another 5 million yuan"]),
        ("up to an additional $5 million", ["up to an additional $5 million"]),
        ("another 5 million yuan and a further $6", ["5 million yuan", "$6"]),
        ("as much as an initial\n$5 million", ["as much as an initial\n$5 million"]),
        ("5 million yuan extra, an extra 6 yuan", ["5 million yuan", "6 yuan"]),
        ("Rs 5, Kr 6, SFr 7, rmb 8", ["Rs 5", "Kr 6", "SFr 7", "rmb 8"]),
        ("2021 RMB 5 million", ["RMB 5 million"]),
        ("it sold at 1999 yuan 5 times", ["1999 yuan"]),
        ("$5 k-pop records", ["$5"]),
        ("$5T-bills, $6 T bills", ["$5T", "$6 T"]),
        ("$5 million B-shares", ["$5 million"]),
        ("it€5", ["€5"]),
        ("Its sales grew from 3 to 5 million yuan", ["5 million yuan"]),
        ("It gave 5 million yuan plus masks. Good.", ["5 million yuan"]),
        ("yuan 5 million, dollars 5", ["yuan 5 million"]),
        ("yuan 2 hundred and 5 thousand", ["yuan 2 hundred"]),
        ("5 yuan $6", ["5 yuan", "$6"]),
        ("罚款50万元(含)。", ["50万元(含)"]),
        ("It gave 5 million yuan - each year it does", ["5 million yuan"]),
        ("It paid 5 million yuan many times over", ["5 million yuan"]),
        ("a 5 per cent $6 million bond", ["$6 million"]),
        ("he paid 5 yuan $1", ["5 yuan", "$1"]),
        ("5 million yuan is $6 million", ["5 million yuan", "$6 million"]),
        ("20 yuan = $3", ["20 yuan", "$3"]),
        ("1万元合1,550美元", ["1万元", "1,550美元"]),
        ("It was not 5 million yuan", ["5 million yuan"]),
        ("a half-billion dollars", ["a half-billion dollars"]),
        ("捐出五十元给学校，三万元给村里", ["五十元", "三万元"]),
        ("本報訊：捐款100億元", ["100億元"]),
        ("5元/$6", ["5元", "$6"]),
        ("It cost 5 yuan/6 dollars", ["5 yuan"]),
        ("It paid 5 million yuan and owes nothing to the euro zone", ["5 million yuan"]),
        ("5 million yuan for schools, twice a minute", ["5 million yuan"]),
    ],
)  # fmt: skip
def test_an_amount_is_as_long_as_it_can_be_and_no_longer(text: str, amounts: list[str]) -> None:
    assert texts(text) == amounts
    holds(text)


@pytest.mark.parametrize(
    "text",
    ["5,000 yuan a month", "3000元/月", "每人3000元", "每平方呎60港元", "人均2000元", "日均5万元", "5,000 yuan per person",
     "an average of 5,000 yuan", "£15,000 a minute", "5 million-yuan-a-year", "10亿元级", "每年可领取3000元", "每10股派3元",
     "$1 = 6.4558 yuan", "1美元约合6.46元", "1美元=6.46元人民币", "100日元对5.88元", "6.46 yuan to the dollar",
     "the dollar bought 6.46 yuan", "an exchange rate of 6.46 yuan", "汇率为6.46元", "USD/CNY 6.46", "one dollar is 6.46 yuan",
     "人民币2021年", "HK$5%", "$5x", "TOP 10", "COP 26", "PHP 8", "AMD 7", "won 3", "Euro 2020", "5 pounds", "5 real people",
     "5 million pounds of pork", "三元桥", "两块地", "三角洲", "十分", "元2021", "2021元旦", "100元素", "J$5", "TT$5 million",
     "数十亿元", "几百万元", "十几亿元", "百亿元", "上亿元", "第100亿元", "tens of billions of yuan", "several billion yuan",
     "never more than 5 million yuan", "没有超过5亿元", "up to **5 million yuan**", "at least its annual 5 million yuan",
     "最高可拨付2亿元", "about over 5 million yuan", "5 and a half million yuan", "a quarter of a billion yuan",
     "a billion-dollar company", "1/2 million yuan", "between 2018 and 2020 yuan loans rose", "in 2018 yuan loans rose",
     "00 yuan 1,23,4 yuan"[8:], "本報訊：捐款100元", "99 Giving Day", "10 billion", "A4", "010-65051234",
     "a 5,000 yuan-per-month wage", "10 yuan = $1.55", "1000 yen = 60 yuan", "10,000 won = 55 yuan", "owed 20 mur",
     "$5/person", "3000元/年 5人", "6.45 yuan/US dollar", "5 pounds of beef and a pound", "3000元每月多付", "a 20 amd64 chip", "1 $words", "RMB 5$x", "$5m2", "US$5 million3", "20 usd2", "won 3 million", "rm 5 million",
     "80732cdf", "rs1", "0xaf", "x_0$", "1.2.3 yuan", "Q2 yuan", "9:30 yuan", "section 3.1 yuan", "满300减50",
     "金价每盎司1800美元", "每股收益0.52元", "3.5块", "1歐元兌7.6元人民幣", "市场汇率6.46元", "A$", "5 cents", "1 yuan equals 0.15 dollar",
     "645.94 yuan per 100 dollars", "Article 5 USD", "3/9/2021 yuan", "No. 5 yuan"],
)  # fmt: skip
def test_what_is_no_amount_of_money_is_not_found(text: str) -> None:
    assert texts(text) == []
    assert texts(f"It said: {text}, it did.") == []


def test_a_thousand_pounds_are_money_and_fewer_may_be_a_weight() -> None:
    assert texts("They gave 1000 pounds.") == ["1000 pounds"]
    assert texts("They gave 999 pounds.") == []


@pytest.mark.parametrize("words", ["an exchange rate", "the rate", "a mid-point", "the parity"])
def test_a_rate_is_quoted_within_24_characters(words: str) -> None:
    assert texts(f"It fell to {words} {'x' * 22} 6.45 yuan today.") == []
    assert texts(f"It fell to {words} {'x' * 23} 6.45 yuan today.") == ["6.45 yuan"]


@pytest.mark.parametrize(
    "text",
    ["RMB 5 millioncny", "US$5 millionUSD", "US$5-millionusd", "RMB 5 billionyuan", "RMB five millionyuan",
     "RMB 5 hundred millionyuan", "RMB 1.5 lakhrs", "RMB 1.5 lakhand", "RMB 5 bnyuan", "RMB 5 mlncny", "RMB 5 miousd", "€5 Millionen",
     "€5 Milliarden", "RMB 5 millions", "RMB 5 millionth", "RMB 5 millionand", "RMB 5 million¹", "about RMB 5 millioncny",
     "RMB 5 to 6 millioncny", "RMB 5-6 bnyuan", "RMB5 to RMB6 millioncny", "$5 to $6 millionusd", "RMB 5 and a half millioncny",
     "between RMB 5 and 6.5 millioncny", "RMB 5 or 6 million3", "RMB 5至6 million3", "5 millionyuan", "5亿abc"],
)  # fmt: skip
def test_a_scale_without_a_space_behind_it_leaves_no_number_alone(text: str) -> None:
    assert texts(text) == []
    assert texts(f"It gave {text} and RMB 7 million.") == ["RMB 7 million"]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("RMB 5 million, RMB 5 bn, RMB 5 mln.", ["RMB 5 million", "RMB 5 bn", "RMB 5 mln"]),
        ("RMB 5 million捐赠, RMB 5 million元", ["RMB 5 million", "RMB 5 million元"]),
        ("RMB 5 million-dollar, RMB 5 crores", ["RMB 5 million", "RMB 5 crores"]),
        ("RMB 5亿abc, 5亿元abc, 5亿USD", ["RMB 5亿", "5亿元", "5亿USD"]),
        ("$5 milk, $6 BNB, $7 TNT, $8 kids, $9 bags, $4 brandy", ["$5", "$6", "$7", "$8", "$9", "$4"]),
        ("$5 ball, $6 mall, $7 brand", ["$5", "$6", "$7"]),
        ("$5 mileurope, $6 billiards, $7 millet", ["$5", "$6", "$7"]),
        ("RMB 5 million to 20 millionaires", ["RMB 5 million"]),
        ("RMB 5 million and 6 millionaires", ["RMB 5 million"]),
        ("RMB 5 million yuan millionaires", ["RMB 5 million yuan"]),
        ("It gave RMB 5 to a bnyuan fund", ["RMB 5"]),
        ("RMB 5 to 6 million", ["RMB 5 to 6 million"]),
        ("US$20usd, $20usd, 20usd, US$20USD", ["US$20usd", "$20usd", "20usd", "US$20USD"]),
        ("US$20amd, 20amd, RMB 20amd", []),
    ],
)  # fmt: skip
def test_words_that_begin_as_a_scale_does_leave_the_amount(text: str, amounts: list[str]) -> None:
    assert texts(text) == amounts


@pytest.mark.parametrize(
    "text", ["$5 million", "¥100", "5 kr", "100億元", "Rs 500 crore", "5 million pounds"]
)
def test_an_uncertain_currency_leaves_its_candidates(text: str) -> None:
    (mention,) = cp.find_amounts(f"It gave {text}.")
    with pytest.raises(AmbiguousAmountError) as error:
        cp.parse_amount(text)
    assert mention.stated is None
    assert (mention.amount, mention.candidates) == (error.value.amount, error.value.candidates)


def test_symbols_and_locale_settle_what_a_text_means() -> None:
    (mention,) = cp.find_amounts("It gave $5 million.", symbols=DOLLARS)
    assert str(mention.stated) == "5 million USD"
    (mention,) = cp.find_amounts("Sie gab 1.234,5 EUR.", locale="de")
    assert mention.amount == Decimal("1234.5")
    assert texts("Sie gab 1.234,5 EUR.") == []
    assert texts("捐款100元，共100億元", symbols={"元": "HKD"}) == ["100元", "共100億元"]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("until it reaches 10 billion.", ["10 billion"]),
        ("Tencent has also invested 50 billion to launch it", ["50 billion"]),
        ("投入500亿，用于教育", ["500亿"]),
        ("up to 5,000,000 in all", ["up to 5,000,000"]),
        ("It gave 5 million to 10 million.", ["5 million to 10 million"]),
        ("68.7 million users, 1,000 schools, 99 Giving Day, 2021", []),
        ("the 10 Billion Agricultural Research Project", []),
        ("6870万人次", []),
        ("page 5, in 2021, 12 percent", []),
    ],
)
def test_a_number_without_a_currency_is_money_only_with_a_default(
    text: str, amounts: list[str]
) -> None:
    assert texts(text) == []
    assert texts(text, default="CNY") == amounts


def test_a_code_in_brackets_that_contradicts_a_settled_symbol_is_heard() -> None:
    text = "$5 million (AUD), $6 million (USD), $7 million (tea), $8 million for tea (AUD)"
    assert texts(text, symbols=DOLLARS) == ["$6 million", "$7 million", "$8 million"]


def test_lines_and_sentences_are_those_of_the_text() -> None:
    text = "One.\r\nTwo gave $5 (U.S. dollars). It was much!\r\rCo. Ltd. gave\n¥7。八元？\n\n- nine yuan"
    found = {one.text: (one.line, one.sentence) for one in holds(text)}
    assert found["$5"] == (2, "Two gave $5 (U.S. dollars).")
    assert found["¥7"] == (5, "Co. Ltd. gave\n¥7。")
    assert found["八元"] == (5, "八元？")
    assert found["nine yuan"] == (7, "- nine yuan")


def test_a_long_sentence_is_cut_around_its_amount() -> None:
    text = f"{'a, ' * 5000}it gave $5 million {'x, ' * 5000}"
    (mention,) = holds(text)
    assert "it gave $5 million x" in mention.sentence
    assert len(mention.sentence) <= 1000
    assert mention.excerpt(60).startswith("... ")
    assert len(mention.excerpt(60)) < 80


def test_a_sentence_of_1000_characters_is_whole_and_a_longer_one_is_cut() -> None:
    text = f"{'ab ' * 160}5 yuan {'ab ' * 400}"
    [whole], [cut] = (cp.find_amounts(f"{text[:size]}.") for size in (999, 1000))
    assert whole.sentence == f"{text[:999]}."
    assert "5 yuan" in cut.sentence
    assert len(cut.sentence) < 1000


def test_a_sentence_is_as_long_wherever_it_stands() -> None:
    sentence = f"It gave 5 yuan {'ab ' * 280}."
    [mention] = cp.find_amounts(f"{'Nobody knew. ' * 60}{sentence}")
    assert mention.sentence == sentence


def test_a_sentence_may_begin_with_an_abbreviation() -> None:
    [mention] = cp.find_amounts("J. Smith gave 5 yuan. Nobody knew.")
    assert mention.sentence == "J. Smith gave 5 yuan."


# Equivalents


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("100 billion yuan ($15.49 billion)", [1]),
        ("US$77.35 million (500 million yuan)", [1]),
        ("23.05 billion yuan, or $3.57 billion,", [1]),
        ("30亿元（约合4.6亿美元）", [1]),
        ("1.2亿元，折合约1,850万美元", [1]),
        ("17.6 billion Hong Kong dollars, worth $2.27 billion", [1]),
        ("100 billion yuan (US$15.49 billion; €13 billion)", [2]),
        ("100 billion yuan (about US$15.49 billion, at current rates)", [1]),
        ("5亿元人民币（相当于7700万美元）", [1]),
        ("100 billion yuan (of which $5 million is paid)", [0, 0]),
        ("100 billion yuan ($15.49 billion more than in 2020)", [0, 0]),
        ("100 billion yuan, $5 million", [0, 0]),
        ("100 billion yuan. ($15.49 billion)", [0, 0]),
        ("$2 million or $3 million", [0, 0]),
        ("5 million yuan (6 million yuan)", [0, 0]),
        ("5 million yuan and $6 million", [0, 0]),
    ],
)
def test_a_text_states_one_sum_in_two_currencies(text: str, tied: list[int]) -> None:
    found = cp.find_amounts(text)
    once = [one for one in found if one not in {m for each in found for m in each.equivalents}]
    assert [len(one.equivalents) for one in once] == tied
    if tied[0]:
        assert found[0].equivalents == tuple(found[1:])


def test_a_second_currency_is_within_60_characters() -> None:
    assert len(cp.find_amounts(f"100 yuan{' ' * 59}($15)")[0].equivalents) == 1
    assert len(cp.find_amounts(f"100 yuan{' ' * 60}($15)")[0].equivalents) == 0


# Checks


def check(text: str, **settings: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    findings = cp.find_amounts(text, **settings).check(on="2021-09-02")
    return [(str(one.severity), one.code, one.ids) for one in findings]


def test_a_stated_equivalent_is_compared_at_the_rate_of_the_texts_date() -> None:
    right, wrong, slip = "100 billion yuan ($15.49 billion)", "20 billion yuan ($12.5 billion)", "20 billion yuan ($31 billion)"  # fmt: skip
    assert check(right) == [("info", "equivalent-agrees", ("line 1",))]
    assert check(f"\n\n{wrong}.") == [("warning", "equivalent-differs", ("line 3",))]
    assert check(slip) == [("error", "unit-slip", ("line 1",))]
    assert check(f"{slip}\n{right}\n{wrong}") == [
        ("error", "unit-slip", ("line 1",)),
        ("warning", "equivalent-differs", ("line 3",)),
        ("info", "equivalent-agrees", ("line 2",)),
    ]


def test_a_finding_has_the_line_the_sentence_and_the_currency_that_a_symbol_was_taken_for() -> None:
    text = "First.\nThe fund holds 17.6 billion Hong Kong dollars, worth $2.27 billion, it said."
    (finding,) = cp.find_amounts(text).check(on="2021-09-02")
    assert finding.message.startswith("line 2: 2.27 billion USD is stated for 17.6 billion HKD: ")
    assert "($2.27 billion agrees as USD)" in finding.message
    assert finding.message.endswith(f"; the sentence: {text[7:]}")
    (finding,) = cp.find_amounts("500 million yuan ($99 million)").check(on="2021-09-02")
    assert "($99 million taken as USD; no other currency agrees)" in finding.message
    (finding,) = cp.find_amounts("500 million yuan ($105 million)").check(on="2021-09-02")
    assert (finding.code, "agrees as AUD" in finding.message) == ("equivalent-agrees", True)
    assert [one.currency for one in finding.figures] == ["CNY", "AUD", "AUD"]


def test_a_settled_symbol_is_not_tried_in_other_currencies() -> None:
    (finding,) = cp.find_amounts("500 million yuan ($105 million)", symbols=DOLLARS).check(
        "2021-09-02"
    )
    assert finding.code == "equivalent-differs"
    assert "taken as" not in finding.message


def test_both_ends_of_a_range_are_compared() -> None:
    assert check("5-10 billion yuan (US$774 million-US$1.55 billion)")[0][1] == "equivalent-agrees"
    assert check("5-10 billion yuan (US$774 million-US$15.5 billion)")[0][1] == "unit-slip"
    assert check("5-10 billion yuan (US$77.4 million-US$1.55 billion)")[0][1] == "unit-slip"


def test_a_pair_told_twice_is_one_finding() -> None:
    text = "100 billion yuan ($15.49 billion).\n\nAgain: 100 billion yuan ($15.49 billion). 100 billion yuan."
    assert check(text) == [("info", "equivalent-agrees", ("line 1", "line 3"))]


def test_a_date_without_a_rate_is_a_finding() -> None:
    found = cp.find_amounts("100 billion yuan ($15.49 billion)")
    (finding,) = found.check(on="1990-01-02")
    assert (finding.code, finding.ids) == ("rate-not-found", ("line 1",))
    assert str(finding.message).startswith("no CNY rate on 1990-01-02; the ECB's are known from")


def test_own_rates_and_a_tolerance_are_taken() -> None:
    found = cp.find_amounts("100 yuan (US$20)")
    rates = cp.rates.fixed({"USD/CNY": 4})
    assert [one.code for one in found.check("2021-09-02", rates=rates)] == ["equivalent-differs"]
    assert [one.code for one in found.check("2021-09-02", rates, Fraction(1, 4))] == [
        "equivalent-agrees"
    ]
    with pytest.raises(AmountError):
        found.check("2021-09-02", tolerance="200%")
    with pytest.raises(PeriodError):
        found.check("soon")


def test_findings_are_said_in_chinese_too() -> None:
    from commonprosperity.messages import in_language

    text = "基金投入20亿元（$3.1亿）。再投20亿元（$9.9亿）。"
    for finding in cp.find_amounts(text).check(on="2021-09-02"):
        said = in_language("zh_CN")(finding.message)
        assert said.startswith("第1行：")
        assert "USD" in said


# The table and the draft


def test_a_table_shows_each_amount_once_in_one_currency() -> None:
    text = "100 billion yuan ($15.49 billion).\nUS$1 million, and ¥5, and up to 5 million euros."
    table = cp.find_amounts(text).table(to="USD")
    assert [column.name for column in table.columns] == [
        "line",
        "stated",
        "equivalents",
        "USD",
        "sentence",
    ]
    assert [(*row[:3], row[3] and int(row[3])) for row in table.rows] == [
        ("1", "100 billion yuan", "$15.49 billion", None),
        ("2", "US$1 million", "", 1_000_000),
        ("2", "¥5", "", None),
        ("2", "up to 5 million euros", "", None),
    ]
    assert "not stated in USD; give on= to convert it" in table.note
    assert "several currencies; give symbols=" in table.note
    table = cp.find_amounts(text, symbols=DOLLARS).table(to="USD", on="2021-09-02")
    assert [row[3] for row in table.rows] == [
        Decimal(15490000000), 1_000_000, None, cp.convert("5000000 EUR", "USD", on="2021-09-02").amount,
    ]  # fmt: skip
    table = cp.find_amounts("5 million yuan").table(to="USD", on="1990-01-02")
    assert table.rows[0][3] is None
    assert table.note.startswith("blank: no CNY rate on 1990-01-02")
    assert len(cp.find_amounts(text).table().columns) == 4


def test_a_draft_is_refused_with_what_is_open_and_read_when_it_is_filled_in() -> None:
    text = "It gave up to 2 billion yuan (US$310 million).\n\nOthers gave 5-10 million euros, and $5 million."
    draft = cp.find_amounts(text).draft(source="Tea for schools")
    with pytest.raises(FileError) as error:
        cp.read(BytesIO(draft.encode()), format="toml")
    places = [(fault.record, fault.field) for fault in error.value.faults]
    assert len(places) == len({*places})  # what is blank is told once
    for id_ in ("line-1", "line-3", "line-3-2"):
        assert {(id_, "company"), (id_, "announced")} <= set(places)
    assert ("line-3-2", "amount") in places
    assert "# $5 million, in which currency? (USD, HKD, TWD, AUD, ...)" in draft
    filled = (
        draft.replace('company = ""', 'company = "riverside"')
        .replace('announced = ""', 'announced = "2021-09-15"')
        .replace('amount = ""', 'amount = "5 million USD"')
        .replace("# [company.ID]\n# name", "[company.riverside]\nname")
    )
    dataset = cp.read(BytesIO(filled.encode()), format="toml")
    first, second, third = dataset.pledges
    assert (first.qualifier, str(first.amount), first.locator) == (
        "up_to",
        "2,000,000,000 CNY",
        "line 1",
    )
    assert first.equivalents == (cp.Money("310000000", "USD"),)
    assert (second.amount, second.high) == (cp.Money(5_000_000, "EUR"), cp.Money(10_000_000, "EUR"))
    assert third.amount == cp.Money(5_000_000, "USD")
    (source,) = dataset.sources
    assert (first.source, source.title) == (source.id, "Tea for schools")


def test_a_currency_in_front_without_capitals_needs_a_scale_up_to_four_tokens_behind_it() -> None:
    for text in ("renminbi 5 million", "euros 5 to 6 million"):
        assert texts(f"It gave {text}.") == [text]
    for text in ("renminbi 5", "renminbi 5 to about 6 million"):  # in doubt it is left out
        assert texts(f"It gave {text}.") == []


def test_a_draft_says_amounts_in_words_and_what_must_be_filled_in() -> None:
    draft = cp.find_amounts("It gave 3.1亿美元 and 50万元.").draft()
    assert 'amount = "0.31 billion USD"' in draft
    assert 'amount = "0.50 million CNY"' in draft
    with pytest.raises(
        FileError, match="company: '' is empty; fill it in, as it cannot be left out"
    ):
        cp.read(BytesIO(draft.encode()), format="toml")


def test_a_repeated_amount_is_drafted_once_with_the_other_places() -> None:
    text = (
        "RMB 5 million.\nAgain, 5 million yuan ($774,000).\nUp to 5 million yuan.\nRMB 5 million!"
    )
    draft = cp.find_amounts(text).draft()
    assert draft.count("[pledge.") == 2
    assert draft.split("[pledge.line-1]")[0].endswith(
        "# RMB 5 million.\n"
        "# The same amount, in line 2: Again, 5 million yuan ($774,000).\n"
        "# The same amount, in line 4: RMB 5 million!\n"
    )
    assert "# equivalents: $774,000, in which currency? (USD, HKD, TWD, AUD, ...)" in draft
    assert "source" not in draft


def test_a_draft_takes_a_source_and_is_safe_from_its_text() -> None:
    import tomllib

    source = cp.Source(id="a.b", title='"Tea"\\', published="2021-11-02", url="https://example.org")
    text = 'Tea\x00\x1b[31m \u202e\ud800 \'gave\'\u2028 """ 5 million yuan # [x]\x7f'
    draft = cp.find_amounts(text).draft(source)
    plain = tomllib.loads(draft)
    assert plain["source"]["a.b"] == {
        "title": '"Tea"\\', "published": "2021-11-02", "url": "https://example.org",
    }  # fmt: skip
    assert plain["pledge"]["line-1"]["source"] == "a.b"
    assert draft.isprintable() is False  # it has lines
    assert all(line.isprintable() for line in draft.splitlines())


def test_nothing_found_is_empty_everywhere() -> None:
    found = cp.find_amounts("Nothing in 2021.")
    assert not found
    assert list(found.check(on="2021-09-02")) == []
    assert found.table("CNY").rows == ()
    assert "[pledge." not in found.draft("x")
    assert repr(found) == "Mentions: 0 amounts"


def test_mentions_are_a_sequence_that_shows_itself() -> None:
    found = cp.find_amounts("5 yuan, 6 yuan, 7 yuan ($1.1)")
    assert repr(found) == "Mentions: 4 amounts, of which 1 states another in a second currency"
    assert isinstance(found[1:], Mentions)
    assert [one.text for one in found[1:]] == ["6 yuan", "7 yuan", "$1.1"]
    assert found[-1].text == "$1.1"
    assert found.index(found[2]) == 2
    assert repr(found[0]) == "Mention('5 yuan', CNY, line 1)"
    assert repr(found[3]) == "Mention('$1.1', 29 currencies, line 1)"
    assert "Mentions: 4 amounts" in found._repr_html_()
    assert hash(found[0]) == hash(cp.find_amounts("5 yuan.")[0])


# Bad input


def test_what_is_no_text_is_refused() -> None:
    values: list[Any] = [b"$5", None, 5, ["$5"]]
    for value in values:
        with pytest.raises(
            TextError, match=r"is no text; decode bytes first, as in content\.decode"
        ):
            cp.find_amounts(value)
    with pytest.raises(TextError, match=r"has more than 20,000,000 characters; search it in parts"):
        cp.find_amounts("5" * (TEXT_AT_MOST + 1))


def test_wrong_settings_are_refused_whatever_the_text() -> None:
    for text in ("", "$5"):
        with pytest.raises(CurrencyError, match="did you mean CNY"):
            cp.find_amounts(text, default="RMB")
        with pytest.raises(AmountError, match="as a symbol"):
            cp.find_amounts(text, symbols={"x": "USD"})
        with pytest.raises(LocaleError):
            cp.find_amounts(text, locale="xx")
    with pytest.raises(CurrencyError):
        cp.find_amounts("$5").table(to="RMB")


HOSTILE = {
    "digits": "1", "points": "1.", "dollars": "$", "dollar amounts": "$5 ", "brackets": "(", "open amounts": "($5",
    "ranges": "5 to ", "between": "between 5 and ", "scales": "5 million ", "qualifiers": "up to ", "yuan": "yuan ",
    "hyphens": "5-", "numerals": "一百", "scales in Chinese": "一亿", "sentences": "A. ", "line ends": "\n", "blanks": " ",
    "words": "one hundred and ", "NUL": "\0", "surrogates": "\ud800", "bidi": "\u202e", "half words": "5 hong kong ",
    "rates": "$1=5 yuan ", "equivalents": "5 yuan ($1) ", "qualifiers and numbers": "up to 5 ", "from": "grew from 5 ",
}  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_searched_to_their_end(unit: str) -> None:
    text = unit * (10_000 // len(unit))
    for mention in cp.find_amounts(text):
        assert text[mention.start : mention.end] == mention.text


def test_a_long_run_is_searched_to_its_end() -> None:
    text = "up to " * 200 + "5 million yuan " * 200
    assert len(cp.find_amounts(text)) == 200
    assert len(cp.find_amounts("$5 " * 500)) == 500


def test_sentences_that_no_rule_was_made_for_are_searched_as_well() -> None:
    """The unseen table was written before the search, and no rule was made for a row of it."""
    assert counts(UNSEEN, outcome) == [66, 0, 0, 0]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("It gave $5 to $10 million.", ["$10 million"]),
        ("It gave $1.5-$2 billion.", ["$2 billion"]),
        ("It gave RMB 5 to RMB 10 million.", ["RMB 10 million"]),
        ("It gave US$5 – US$10m.", ["US$10m"]),
        ("It gave $5 or $6 million.", ["$6 million"]),
        ("It gave RMB 5 or 6 million.", []),
        ("It gave RMB 5 and a half million.", []),
        ("It gave between $5 and $10 million.", ["$10 million"]),
        ("It gave between about RMB 5 and RMB 10 billion.", ["RMB 10 billion"]),
        ("It gave from $5 to $10 million.", ["$10 million"]),
        ("It gave $5- to $10-million.", ["$10-million"]),
        ("It gave RMB 5 and 6 million.", []),
        ("It gave RMB 5, 6 and 7 million.", []),
        ("It gave RMB 5, 6, and 7.5 million.", []),
        # These have an end that is theirs.
        ("It gave $5 million to $10 million.", ["$5 million to $10 million"]),
        ("It gave $5 to 10 million.", ["$5 to 10 million"]),
        ("It gave $5 million or $6 million.", ["$5 million", "$6 million"]),
        ("It gave $500 and $2 million.", ["$500", "$2 million"]),
        ("It gave RMB 5, and 6 million people came.", ["RMB 5"]),
        ("It gave RMB 5, 6 and 7 apples.", ["RMB 5"]),
        ("Between the two, $500 and $2 million.", ["$500", "$2 million"]),
        ("It gave between 5 and 10 million dollars.", ["between 5 and 10 million dollars"]),
        ("It gave between $5 and 10 million.", ["between $5 and 10 million"]),
        ("投入5至10亿元。", ["5至10亿元"]),
        ("投入5亿至10亿元。", ["5亿至10亿元"]),
        ("It gave $500 or more to 6 millers.", ["$500 or more"]),
        ("It gave $5 or 6 apples.", ["$5"]),
    ],
)
def test_a_lower_end_without_the_scale_of_the_upper_end_is_no_amount(
    text: str, amounts: list[str]
) -> None:
    mentions = cp.find_amounts(text, symbols={"$": "USD"})
    assert [mention.text for mention in mentions] == amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("It gave RMB 5 million USD in 2021.", []),
        ("捐款人民币5亿美元。", []),
        ("It gave ¥5 billion dollars.", []),
        ("It gave RMB up to 5 million USD.", []),
        ("It gave CNY $5 million.", []),
        ("It gave $5 million RMB.", []),
        ("It gave 5 million USD HKD.", []),
        # These have one currency, or a word in front that is none here.
        ("It gave $5 million (RMB 32 million).", ["$5 million", "RMB 32 million"]),
        ("It gave CNY ¥5, and 5 million RMB yuan.", ["CNY ¥5", "5 million RMB yuan"]),
        ("港币5亿元", ["港币5亿元"]),
        ("She won $5 million.", ["$5 million"]),
        ("ALL 5 million yuan", ["5 million yuan"]),
        ("It gave 5 million yuan RMB 6 million.", ["5 million yuan", "RMB 6 million"]),
        ("5 million USD RMB 32 million", ["5 million USD", "RMB 32 million"]),
        ("五元$1", ["五元", "$1"]),
        ("RMB 5 million USD 6 million", ["RMB 5 million", "USD 6 million"]),
    ],
)
def test_an_amount_between_names_of_two_currencies_is_left_out(
    text: str, amounts: list[str]
) -> None:
    """No mention guesses which of them is meant; `parse_amount` refuses it, and names both."""
    assert texts(text) == amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("It will give 5 million yuan for each school.", []),
        ("It will give 5 million yuan in every one of five years.", []),
        ("$5 for every $10 raised", []),
        ("捐款5000元每人。", []),
        ("捐款5000元每人", []),
        # These say nothing of the amount in front of them.
        ("It will give 5 million yuan for each.", []),
        ("It gave 5 million yuan to every school.", ["5 million yuan"]),
        ("It gave 5 million yuan. In each year ...", ["5 million yuan"]),
        ("共5000元，每人10元", ["共5000元"]),
        ("给村民5000元每人平均", ["5000元"]),
        # A year in front of an amount is no rate.
        ("2020年3亿元，2021年5亿元", ["3亿元", "5亿元"]),
        ("五年5亿元，未来5年6亿元", ["5亿元", "6亿元"]),
        ("学费1年5000元", []),
        ("学费１年5000元", []),
        ("合同11年5亿元", ["5亿元"]),
        ("年5亿元", []),
        ("每5年5亿元", []),
        ("It gave an annual US$5 million.", []),
        ("每年5亿元", []),
    ],
)
def test_an_amount_for_each_of_several_is_a_rate(text: str, amounts: list[str]) -> None:
    assert texts(text) == amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("It gave one-and-a-half billion yuan.", []),  # not half a billion
        ("It gave a half billion yuan.", ["a half billion yuan"]),
        ("in 100 million 2021 yuan", []),
        ("两校各5亿元", []),
        ("两校各捐5亿元", ["5亿元"]),
        ("捐款最低5亿元", ["最低5亿元"]),
        ("跌至历史最低5000元", ["5000元"]),  # a record low
        ("月薪降至最低500元", ["500元"]),
        ("降到最低500元", ["500元"]),
        ("创历史最高5000元", ["5000元"]),
        ("补贴提高至最高5000元", ["最高5000元"]),
        ("It gave up to and including 5 million yuan.", ["up to and including 5 million yuan"]),
    ],
)
def test_no_word_in_front_of_an_amount_is_lost(text: str, amounts: list[str]) -> None:
    assert texts(text) == amounts
    qualifiers = {"最低": "at_least", "最高": "up_to", "up to and including ": "up_to"}
    for mention in cp.find_amounts(text):
        firm = [said for word, said in qualifiers.items() if word in mention.text]
        assert mention.qualifier == (firm[0] if firm else "exact")


def test_more_signs_and_short_forms_are_read() -> None:
    assert cp.find_amounts("In the U.S. $5 million was given.")[0].stated == cp.parse_amount(
        "US$5m"
    )
    assert cp.parse_amount("5 Mio. CHF") == cp.parse_amount("5 million CHF")
    assert texts("5 mln zł and Kč 3 million") == ["5 mln zł", "Kč 3 million"]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("汇率为1美元兑6.45元人民币", []),
        ("美元兑人民币6.45元", []),
        ("当日美元兑人民币6.45元", []),
        ("100日元兑6.45元人民币", []),
        ("5亿美元兑人民币32亿元", ["5亿美元", "人民币32亿元"]),
    ],
)
def test_what_one_unit_is_worth_is_no_amount(text: str, amounts: list[str]) -> None:
    assert texts(text) == amounts


@pytest.mark.parametrize("before", ["", "\n", "a loss of ", "("])
def test_a_minus_is_kept_at_the_start_of_a_text(before: str) -> None:
    (mention,) = cp.find_amounts(f"{before}-5 million yuan")
    assert mention.amount == -5_000_000
