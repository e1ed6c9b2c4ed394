"""Fuzz each parser with atheris for a bounded time: our own errors are fine, anything else is not.

Run by hand, one parser in a process: ``python tests/fuzz/parsers.py toml --seconds 60``. What it finds
is written to ``crash-...`` in the working folder; make a case of it in the tests.
"""

import sys
import unicodedata
from argparse import ArgumentParser
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["commonprosperity", "tomllib", "csv", "json"]):
    from commonprosperity import (
        CommonProsperityError,
        Money,
        Period,
        find_amounts,
        load,
        parse_amount,
        read,
    )  # fmt: skip
    from commonprosperity import write as write_dataset
    from commonprosperity.rates.csv_file import read_lines

_LARGEST = 4_000  # bytes; what long inputs cost is measured elsewhere


def _text(read_text: Callable[[str], object]) -> Callable[[bytes], object]:
    """Give a parser of texts what the bytes say; a lone surrogate stands for a wrong one."""
    return lambda data: read_text(data.decode("utf-8", "surrogateescape"))


def _form(name: str) -> Callable[[bytes], object]:
    return lambda data: read(BytesIO(data), format=name, bytes_at_most=1_000_000)


def _searched(text: str) -> None:
    """Find amounts, check and draft them; what is found must be what `parse_amount` reads."""
    found = find_amounts(text, symbols={"$": "USD"})
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        if mention.stated:
            again = parse_amount(mention.text, symbols={"$": "USD"})
            assert mention.stated == again
    found.check(on="2021-09-02")
    found.table("CNY").text()
    found.draft("x")


PARSERS: dict[str, Callable[[bytes], object]] = {
    "amount": _text(parse_amount),
    "german": _text(lambda text: parse_amount(text, locale="de", default="EUR")),
    "money": _text(Money.parse),
    "article": _text(_searched),
    "period": _text(Period.parse),
    "date": _text(lambda text: Period.parse(text, dates="d/m/y", zone="Asia/Shanghai")),
    "rates": _text(lambda text: read_lines(text.splitlines(), "rates.csv", "desk")),
    "toml": _form("toml"),
    "json": _form("json"),
    "csv": _form("csv"),
    "zip": _form("zip"),
    "360giving": _form("360giving"),
    "iati": _form("iati"),
    "xlsx": _form("xlsx"),
}


def _seeds(parser: str) -> list[bytes]:
    """Return inputs to begin with: the article in the form, rates, or amounts in print."""
    if parser in {"toml", "json", "zip"}:
        file = BytesIO()
        write_dataset(load(), file, format=parser)
        return [file.getvalue()]
    if parser == "csv":
        return [
            b'Company,Amount,Currency,Announced\nAcme,"2,000",CNY,2021-09\n',
            b"company;amount\n",
        ]
    if parser == "360giving":
        return [b'{"grants": [{"id": "a", "amountAwarded": 5.0, "currency": "GBP", "awardDate": '
                b'"05/06/2014", "fundingOrganization": [{"id": "x", "name": "Trust"}], '
                b'"disbursementTransaction": [{"value": 1, "transactionDate": "2014"}]}]}']  # fmt: skip
    if parser == "iati":
        return [b'<iati-activities version="2.03"><iati-activity default-currency="EUR">'
                b"<iati-identifier>X</iati-identifier><reporting-org ref='x'/><sector code='1'/>"
                b"<transaction><transaction-type code='2'/><transaction-date iso-date='2021-09-02'/>"
                b"<value value-date='2021'>5</value></transaction></iati-activity></iati-activities>"]  # fmt: skip
    if parser == "rates":
        return [b"date,base,quote,factor\n2021-09-01,USD,CNY,6.46\n2021-09-01,CNY,USD,0.155\n",
                b"Date,USD,CNY,\n2021-09-03,1.2,7.8,\n2021-09-01,1.25,N/A,\n"]  # fmt: skip
    table = Path(__file__).parents[1].joinpath("amounts.tsv").read_text(encoding="utf-8")
    return [line.split("\t")[1].encode() for line in table.splitlines()[1:]]


def _check(error: CommonProsperityError) -> None:
    """See that an error prints everywhere, in short lines, and no more of them than faults."""
    lines = str(error).split("\n")
    acting = {unicodedata.category(character) for line in lines for character in line}
    assert not acting & {"Cc", "Cs", "Zl", "Zp"}, ascii(str(error))
    assert len(lines) <= len(getattr(error, "faults", [None]))
    assert max(map(len, lines)) <= 1_000


def main() -> None:
    """Fuzz one parser for so many seconds."""
    arguments = ArgumentParser(description=__doc__)
    arguments.add_argument("parser", choices=PARSERS)
    arguments.add_argument("--seconds", type=int, default=60)
    asked = arguments.parse_args()
    parse = PARSERS[asked.parser]

    def once(data: bytes) -> None:
        try:
            parse(data)
        except CommonProsperityError as error:
            _check(error)

    with TemporaryDirectory() as corpus:
        for at, seed in enumerate(_seeds(asked.parser)):
            Path(corpus, str(at)).write_bytes(seed[:_LARGEST])
        limits = [f"-max_total_time={asked.seconds}", f"-max_len={_LARGEST}", "-timeout=10"]
        atheris.Setup([sys.argv[0], *limits, corpus], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
