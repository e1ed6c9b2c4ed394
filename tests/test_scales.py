"""The scale of a column: the unit that a heading states, and what ``scale=`` stands for."""

import io
import re
from typing import Any

import pytest

import commonprosperity as cp
from commonprosperity.flat import scale_in_heading, scale_power

STATED = {
    2: ["Amount in hundreds"],
    3: ["Amount in thousands", "сума, тис. грн", "тыс. руб.", "Spend (£000)", "£'000", "$000s", "bedrag x 1000",
        "Amount (in 1,000 EUR)", "AmountInThousands", "単位：千円", "合同金额（千美元）", "Montant (k€)", "KUSD",
        "Montant en milliers d'euros", "Importe (miles de euros)", "Kwota (tys. zł)", "belopp (tkr)",
        "importo (migliaia di euro)", "nghìn đồng", "Amount [k]", "amount_k", "Betrag in Tsd. €", "हज़ार रुपये",
        "Revenue th USD", "US$ thous.", "Bedrag in duizenden"],
    4: ["Amount in RMB 10,000", "RMB'0000", "ten thousand yuan", "RMB 10k", "捐款金额（万元）", "金额_万元", "金额（人民币万）", "금액(만원)"],
    5: ["INR lakhs", "Rs in lakh"],
    6: ["USD MM", "Amount (MM) in 2021", "Betrag (MM/USD)", "Amount (USD m)", "Betrag in Mio. EUR", "Mio. EUR", "amount_usd_m", "amount_m", "amount_mn", "amountMillions", "MSEK",
        "金額（百万円）", "百萬元", "금액(백만원)", "Montant (M€)", "Monto (MM USD)", "mln zł", "Beløb (mio. kr.)",
        "belopp mkr", "USDm", "US$m", "tutar (milyon TL)", "Jumlah (juta rupiah)", "R$ milhões", "(in Mio)",
        "Million USD", "Amount (1,000,000 USD)"],
    7: ["USD 10 million", "राशि (करोड़ रुपये)", "Rs. Cr", "(Rs. in Crore)"],
    8: ["RMB 100 million", "Amount (hundred-million yuan)", "金額（億円）", "金额(亿)", "亿美元", "금액 (억원)"],
    9: ["$bn", "EUR bn", "amount_bn", "млрд руб", "Betrag (Mrd. €)", "金额（单位：十亿元）"],
    12: ["US$ trillion", "万亿元"],
    None: ["in T€", "Částka (mil. Kč)", "Valor (R$ mil)"],
}  # fmt: skip
"""Headings by the power of ten that they state; None where the word has two meanings."""


@pytest.mark.parametrize(
    ("power", "text"), [(power, text) for power, texts in STATED.items() for text in texts]
)
def test_unit_in_a_heading_is_found_and_the_scale_proposed_is_the_one_it_states(
    power: int | None, text: str
) -> None:
    problem = scale_in_heading(text)
    assert problem is not None
    assert problem.endswith("or scale=1 if its amounts are in full")
    proposed = re.search(r'; give scale="?([^",]+)"?, or', problem)
    assert (proposed and scale_power(proposed[1])) == power


@pytest.mark.parametrize(
    "text",
    ["amount", "Amount (USD)", "Betrag in EUR", "金额（元）", "万科捐款", "百货", "千岛湖", "10万元以上", "三百元券",
     "budget2013", "Amount 2000", "FY2000 amount", "Montant mars", "MARS", "대만달러", "보조금", "인천", "plan b",
     "budget t", "Mia Farrow", "Mill Road amount", "m", "k", "Total amount", "amount_male", "cents", "Ball", "EUR",
     "4th quarter", "10th gift", "The th", "Amount 20,000", "Amount over 10", "bn",
     "Commitment Date (MM/DD/YYYY)", "Date (dd.mm.yy)", "paid_mm/yyyy", "Von (d-MM-yyyy)", "YYYY/MM", "yy-mm"],
)  # fmt: skip
def test_heading_that_states_no_unit_is_left_alone(text: str) -> None:
    assert scale_in_heading(text) is None


@pytest.mark.parametrize(
    ("scale", "power"),
    [(1, 0), ("1", 0), (1000, 3), ("hundred", 2), ("Thousand", 3), ("Tsd.", 3), ("lakh", 5), ("Mio.", 6),
     (" million ", 6), ("m", 6), ("crore", 7), ("billion", 9), ("Mrd", 9), ("trillion", 12), ("万", 4), ("萬", 4),
     ("百万", 6), ("亿", 8), ("十亿", 9), ("万亿", 12), ("억", 8)],
)  # fmt: skip
def test_scale_is_a_word_of_amounts_or_a_power_of_ten(scale: str | int, power: int) -> None:
    assert scale_power(scale) == power


@pytest.mark.parametrize(
    "scale", ["", "0", 0, 5, -1, True, 1.0, "mil", "t", "dozen", "亿万", "万万", "CNY", "元"]
)
def test_what_is_no_scale_or_has_two_meanings_is_refused(scale: str | int) -> None:
    with pytest.raises(cp.errors.RecordError, match=r"scale: .* is no scale with one meaning"):
        scale_power(scale)


# Where pledges are read


def sheet(heading: str, *amounts: str) -> str:
    rows = (f'Acme,"{amount}",USD,2021\n' for amount in amounts)
    return f"company,{heading},currency,announced\n{''.join(rows)}"


def by_file(content: str, **options: Any) -> cp.Dataset:
    return cp.read(io.StringIO(content), format="csv", **options)


def by_frame(content: str, **options: Any) -> cp.Dataset:
    pandas = pytest.importorskip("pandas", reason="needs the extra `engines`")
    return cp.frames.read(pandas.read_csv(io.StringIO(content), dtype=str), **options)


each_reader = pytest.mark.parametrize("read", [by_file, by_frame])


@each_reader
@pytest.mark.parametrize(
    ("heading", "problem"),
    [("Amount (USD m)", 'says m; give scale="million"'), ("amount in thousands", 'give scale="thousand"'),
     ("Amount (Mio. USD)", 'give scale="million"'), ("AmountMillions", 'give scale="million"'),
     ("捐款金额（万元）", 'give scale="万"'), ("сума (тис. грн)", 'give scale="thousand"')],
)  # fmt: skip
def test_heading_that_states_a_unit_is_refused_until_a_scale_is_given(
    read: Any, heading: str, problem: str
) -> None:
    content = sheet(heading, "12.5")
    with pytest.raises(cp.CommonProsperityError) as error:
        read(content)
    assert problem in str(error.value)
    if heading.casefold().startswith("amount"):
        scale = re.findall('scale="(.+?)"', str(error.value))[0]
        expected = cp.Money("12.5", "USD") * 10 ** scale_power(scale)
        assert read(content, scale=scale).pledges[0].amount == expected
        assert read(content, scale=1).pledges[0].amount == cp.Money("12.5", "USD")


@each_reader
def test_numbers_are_multiplied_by_the_scale_with_their_precision(read: Any) -> None:
    dataset = read(sheet("amount", "12.50", "$ 2,000", "2-3", "0", "1E+3"), scale="million")
    assert [str(pledge.amount.amount) for pledge in dataset] == [
        "1.250E+7", "2.000E+9", "2E+6", "0E+6", "1E+9",
    ]  # fmt: skip
    assert dataset.pledges[2].high == cp.Money("3E+6", "USD")


@each_reader
def test_upper_ends_are_multiplied_too_and_equivalents_are_not(read: Any) -> None:
    content = "company,amount,High (USD m),currency,announced,equivalents\nA,5,7,USD,2021,6 EUR\n"
    (pledge,) = read(content, scale="million")
    assert (pledge.amount, pledge.high) == (cp.Money("5E+6", "USD"), cp.Money("7E+6", "USD"))
    assert pledge.equivalents == (cp.Money(6, "EUR"),)


@each_reader
def test_amount_with_a_scale_of_its_own_is_refused_beside_another(read: Any) -> None:
    content = sheet("amount", "5 million", "$6bn", "7万美元")
    with pytest.raises(cp.CommonProsperityError) as error:
        read(content, scale="thousand")
    assert str(error.value).count("write the number alone") == 3
    assert read(content, scale=1).total("USD").amount == cp.Money(6_005_070_000, "USD")


@each_reader
def test_scale_does_not_say_what_a_point_divides(read: Any) -> None:
    content = sheet("amount", "12.500")
    with pytest.raises(cp.CommonProsperityError, match="can be read in two ways"):
        read(content, scale="million")
    amounts = [
        read(content, scale="million", locale=name).pledges[0].amount for name in ("de", "en")
    ]
    assert amounts == [cp.Money("12500E+6", "USD"), cp.Money("12500000", "USD")]
    assert read(sheet("amount", "1.234,5"), scale="million", locale="de").pledges[0].amount == (
        cp.Money("1234500000", "USD")
    )


@each_reader
def test_what_is_no_scale_is_refused_before_anything_is_read(read: Any) -> None:
    with pytest.raises(cp.errors.RecordError, match="scale: 'dozen' is no scale"):
        read(sheet("amount"), scale="dozen")
