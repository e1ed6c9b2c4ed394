"""Finds companies with the same name, which are perhaps one company with two records.

Two names are *the same* when they differ only in case and spaces. They are *alike* when they also
differ in width, punctuation and the form of the company: ``Acme Co., Ltd.`` and ``ACME``.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from commonprosperity.patterns import pattern
from commonprosperity.records.company import Company
from commonprosperity.records.names import names

_FORMS = frozenset([
    "ab", "ag", "as", "asa", "aps", "bhd", "bv", "co", "company", "corp", "corporation", "ev",
    "gmbh", "group", "holding", "holdings", "inc", "incorporated", "jsc", "kg", "kgaa", "kk",
    "limited", "llc", "llp", "lp", "ltd", "nv", "oy", "oyj", "pjsc", "plc", "pte", "pty", "pvt",
    "sa", "sarl", "sas", "sdn", "se", "spa", "srl", "tbk",
])  # fmt: skip
"""Words at the end of a name that say what kind of company it is, and not which.

The abbreviations are those of large companies in GLEIF's Entity Legal Forms code list (ISO 20275).
Group and holding are no legal forms, but newspapers drop them like those.
"""

_CHINESE_FORMS = pattern(
    "(?:股份有限公司|有限责任公司|有限公司|股份公司|总公司|公司|集团|控股"
    "|有限責任公司|總公司|集團|株式会社|株式會社)$"
)
"""The same at the end of a Chinese or a Japanese name: the Company Law of China, article 7."""


class Namesakes(NamedTuple):
    """Two companies, and the name of each that matches the other's."""

    company: Company
    other: Company
    name: str
    other_name: str


def same(name: str) -> str:
    """Return a key that names share when they are the same.

    >>> same("Byte Dance") == same("ByteDance") == same("BYTEDANCE")
    True
    """
    return unicodedata.normalize("NFC", "".join(name.split()).casefold())


def alike(name: str) -> str:
    """Return a key that names share when they are alike.

    >>> alike("Alibaba Group Holding Ltd."), alike("阿里巴巴(集团)控股有限公司")
    ('alibaba', '阿里巴巴')

    The key is never empty: ``alike("Group")`` is ``"group"``.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    # "S.A." is one word, and "Co.,Ltd" are two.
    words = re.sub(r"[^\w&+]+", " ", re.sub(r"[.'’]", "", plain)).split()
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    core = "".join(words)
    while (shorter := _CHINESE_FORMS.sub("", core)) != core and shorter:
        core = shorter
    return core or same(name)


def namesakes(companies: Iterable[Company], key: Callable[[str], str]) -> Iterator[Namesakes]:
    """Pair each company with the first one whose name has the same key, once for each pair."""
    first: dict[str, tuple[Company, str]] = {}
    pairs: dict[tuple[str, str], Namesakes] = {}
    for company in companies:
        for name in names(company):
            one, one_name = first.setdefault(key(name), (company, name))
            if one.id != company.id:
                pairs.setdefault((one.id, company.id), Namesakes(one, company, one_name, name))
    yield from pairs.values()
