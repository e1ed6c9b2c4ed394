"""One company with two records, and a record that is nearly all."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.messages import in_language
from commonprosperity.records.namesakes import alike, same


def companies(*named: dict[str, Any]) -> cp.Dataset:
    return cp.Dataset(
        companies=[cp.Company(id=id_, **facts) for id_, facts in zip("abcdef", named, strict=False)]
    )


def twice(dataset: cp.Dataset) -> list[str]:
    return [" ".join(f.ids) for f in dataset.check() if f.code == "one-company-twice"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Alibaba", "Alibaba Group"),
        ("Alibaba", "ALIBABA GROUP HOLDING LTD."),
        ("Acme", "Acme, Inc."),
        ("Acme", "Acme Co., Ltd"),
        ("Acme", "Acme Co.,Ltd."),
        ("Acme", "ACME Corporation"),
        ("Acme", "Acme S.A."),
        ("Acme", "Acme (Group)"),
        ("Acme GmbH", "Acme AG"),
        ("Byte Dance", "ByteDance"),
        ("Acme", "\uff21\uff43\uff4d\uff45"),
        ("Moody\u2019s", "Moody's Corp"),
        ("Group", "Group Ltd"),  # of a name that is nothing but forms the first word stays
        ("腾讯", "腾讯控股有限公司"),
        ("阿里巴巴", "阿里巴巴集团"),
        ("阿里巴巴集团控股有限公司", "阿里巴巴"),
        ("中国平安保险", "中国平安保险\uff08集团\uff09股份有限公司"),
        ("索尼集团", "索尼株式会社"),
    ],
)
def test_names_that_differ_in_their_form_alone_are_one(name: str, other: str) -> None:
    assert twice(companies({"name": name}, {"name": other})) == ["a b"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Acme", "Acne"),
        ("Acme", "Acme Foundation"),
        ("Group", "Holdings"),  # nothing would be left of them
        ("Co", "Ltd"),
        ("集团", "控股"),
        ("Limited Brands", "Brands"),  # a form only at the end
        ("Corporate Aid", "Aid"),
        ("AT&T", "ATT"),
        ("C++", "C"),
        ("腾讯", "腾讯音乐"),
        ("Acme 1", "Acme 2"),
        ("!", "?"),
    ],
)
def test_names_that_differ_in_more_are_two(name: str, other: str) -> None:
    assert twice(companies({"name": name}, {"name": other})) == []


def test_any_name_of_a_company_is_one_of_its_names() -> None:
    assert twice(companies({"name": "Tencent", "name_zh": "腾讯"}, {"name": "腾讯"})) == ["a b"]
    assert twice(companies({"name": "X", "aliases": "Acme"}, {"name": "Y", "aliases": ["Z", "Acme Ltd"]})) == ["a b"]  # fmt: skip
    assert twice(companies({"name": "Acme", "aliases": ["ACME", "Acme Ltd"]})) == []


def test_each_pair_is_told_once_beside_the_first() -> None:
    three = companies(
        {"name": "Acme", "name_zh": "极致"}, {"name": "Acme Ltd", "aliases": "极致"}, {"name": "Acme AG"}
    )  # fmt: skip
    assert twice(three) == ["a b", "a c"]


def test_sheet_beside_the_article_is_found_and_the_way_out_works() -> None:
    sheet = "company,amount,currency,announced\n腾讯,5,CNY,2021-04\nAlibaba Group,5,CNY,2021\n"
    beside = cp.load() | cp.read(io.StringIO(sheet), format="csv")
    findings = [f for f in beside.check() if f.code == "one-company-twice"]
    assert [str(finding.message) for finding in findings] == [
        "alibaba and alibaba-group go by one name, Alibaba and Alibaba Group; if they are one "
        'company, make them one with merge("alibaba-group", into="alibaba")',
        "tencent and 腾讯 go by one name, 腾讯 and 腾讯; if they are one company, make them one with "
        'merge("腾讯", into="tencent")',
    ]
    assert {finding.severity for finding in findings} == {"warning"}
    assert 'merge("腾讯", into="tencent")' in in_language("zh_CN")(findings[1].message)
    one = beside.merge("alibaba-group", into="alibaba").merge("腾讯", into="tencent")
    assert twice(one) == []


def test_article_names_each_company_once() -> None:
    assert twice(cp.load()) == []


@given(st.text(min_size=1, max_size=12).filter(str.strip))
def test_a_name_that_is_the_same_is_alike(name: str) -> None:
    assert same(name) == same(f" {name} ")
    assert alike(name)
    assert alike(alike(name)) == alike(name) or not name.isascii()


# Outliers


def amounts(*told: str, **facts: Any) -> cp.Dataset:
    return cp.Dataset(
        companies=[cp.Company(id="acme", name="Acme")],
        pledges=[
            cp.Pledge(id=f"p{n}", company="acme", amount=amount, announced="2021-09-02", **facts)
            for n, amount in enumerate(told, 1)
        ],
    )


def outliers(dataset: cp.Dataset) -> list[str]:
    findings = dataset.check(cp.rates.fixed({"USD/CNY": "6.5"}))
    return [" ".join(f.ids) for f in findings if f.code == "outlier"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["3 million USD", "12 million USD", "150 million USD", "200 billion USD"], ["p4"]),
        (["1 CNY", "1 CNY", "1000 CNY"], ["p3"]),
        (["1000 CNY", "1 CNY", "1 CNY"], ["p1"]),
        (["1 CNY", "1 CNY", "999 CNY"], []),
        (["1 CNY", "2 CNY", "2000 CNY"], ["p3"]),
        (["1 CNY", "2 CNY", "1999 CNY"], []),
        (["1 CNY", "1 CNY", "2 CNY", "1500 CNY"], ["p4"]),  # the median of 1, 1, 2 and 1500 is 1.5
        (["1 CNY", "1 CNY", "2 CNY", "1499 CNY"], []),
        (["1 CNY"] * 2999 + ["1000 CNY"], []),  # a fourth of the total
        (["1 CNY", "1 CNY", "1 CNY", "1000 CNY", "1003 CNY"], []),  # half of it
        (["1 CNY", "1 CNY", "1 CNY", "1000 CNY", "1004 CNY"], ["p5"]),
        (["1 CNY", "5000 CNY"], []),  # of two, none is the odd one
        (["5000 CNY"], []),
        ([], []),
        (["0 CNY", "0 CNY", "0 CNY", "5000 CNY"], []),  # withdrawn
        (["1 CNY", "1 CNY", "1 KZT", "1000 CNY"], ["p4"]),  # without a rate
        (["1 CNY", "1 CNY", "100 USD"], []),
        (["1 CNY", "1 CNY", "200 USD"], ["p3"]),
    ],
)
def test_record_that_is_nearly_all_is_found(told: list[str], expected: list[str]) -> None:
    assert outliers(amounts(*told)) == expected


def test_outlier_says_how_far_it_is_off() -> None:
    told = amounts("3 million USD", "12 million USD", "150 million USD", "200 billion USD")
    (finding,) = [f for f in told.check() if f.code == "outlier"]
    assert finding.severity is cp.Severity.WARNING
    assert finding.message == (
        "p4 is 200 billion USD, 2,469 times the median of 81 million USD and 99.9% of the total; "
        "check its currency and its unit"
    )
    assert finding.figures == (cp.Money("200e9", "USD"), cp.Money("81e6", "USD"))
    assert "2,469" in in_language("zh_CN")(finding.message)


def test_a_rate_that_only_an_outlier_would_need_is_not_missed() -> None:
    assert not [f for f in amounts("1 CNY", "1 CNY", "2 KZT").check() if f.code == "outlier"]


def test_median_is_told_in_the_currency_of_most_records_that_count() -> None:
    told = amounts("1 CNY", "1 CNY", "1000 CNY")
    again = [
        cp.Pledge(id=f"x{n}", company="acme", amount="1 USD", announced="2022", restates="p1")
        for n in range(4)
    ]
    (finding,) = [f for f in told.extend(*again).check() if f.code == "outlier"]
    assert finding.figures == (cp.Money(1000, "CNY"), cp.Money(1, "CNY"))


def test_what_does_not_count_is_no_outlier() -> None:
    base = amounts("1 CNY", "2 CNY", "3 CNY", "1 CNY")
    whole = cp.Pledge(id="w", company="acme", amount="9000 CNY", announced="2021")
    part = cp.Pledge(id="v", company="acme", amount="9000 CNY", announced="2021", part_of="w")
    assert outliers(base.extend(whole)) == ["w"]
    assert outliers(base.extend(whole, part)) == ["v"]
    newer = cp.Pledge(id="x", company="acme", amount="4 CNY", announced="2022", supersedes="w")
    assert outliers(base.extend(whole, newer)) == []


def test_article_has_no_outlier() -> None:
    assert outliers(cp.load()) == []
