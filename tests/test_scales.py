"""The scale of a column: the unit that a heading states, and what ``scale=`` stands for."""

import re

import pytest

import commonprosperity as cp
from commonprosperity.flat import scale_in_heading, scale_power

STATED = {
    2: ["Amount in hundreds"],
    3: ["Amount in thousands", "сума, тис. грн", "тыс. руб.", "Spend (£000)", "£'000", "$000s", "bedrag x 1000",
        "Amount (in 1,000 EUR)", "AmountInThousands", "単位：千円", "合同金额（千美元）", "Montant (k€)", "KUSD",
        "Montant en milliers d'euros", "Importe (miles de euros)", "Kwota (tys. zł)", "belopp (tkr)",
        "importo (migliaia di euro)", "nghìn đồng", "Amount [k]", "amount_k", "Betrag in Tsd. €", "हज़ार रुपये"],
    4: ["捐款金额（万元）", "金额_万元", "金额（人民币万）", "금액(만원)"],
    5: ["INR lakhs", "Rs in lakh"],
    6: ["Amount (USD m)", "Betrag in Mio. EUR", "Mio. EUR", "amount_usd_m", "amount_m", "amountMillions", "MSEK",
        "金額（百万円）", "百萬元", "금액(백만원)", "Montant (M€)", "Monto (MM USD)", "mln zł", "Beløb (mio. kr.)",
        "belopp mkr", "USDm", "US$m", "tutar (milyon TL)", "Jumlah (juta rupiah)", "R$ milhões", "(in Mio)",
        "Million USD", "Amount (1,000,000 USD)"],
    7: ["राशि (करोड़ रुपये)", "Rs. Cr", "(Rs. in Crore)"],
    8: ["金額（億円）", "金额(亿)", "亿美元", "금액 (억원)"],
    9: ["$bn", "EUR bn", "млрд руб", "Betrag (Mrd. €)", "金额（单位：十亿元）"],
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
     "budget t", "Mia Farrow", "Mill Road amount", "m", "k", "Total amount", "amount_male", "cents", "Ball", "EUR"],
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
    with pytest.raises(cp.RecordError, match=r"scale: .* is no scale with one meaning"):
        scale_power(scale)
