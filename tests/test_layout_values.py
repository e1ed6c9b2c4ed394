"""``Layout`` as a value, from a mapping, a file or a name, and what is wrong with one."""

from pathlib import Path
from typing import Any

import pytest

import commonprosperity as cp
from laid_out import COLUMNS, read, wrong


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"columns": {**COLUMNS, "amout": "x"}},
         "columns.amout: is no field of a pledge; there are id, company"),
        ({"columns": COLUMNS, "colunms": {}}, "colunms: is no key of a layout; there are columns"),
        ({"columns": COLUMNS, "scal": "m"}, "scal: is no key of a layout; did you mean scale?"),
        ({"columns": {"company": "A", "amount": "B"}},
         "announced: has neither a column nor a constant; give one of them"),
        ({"columns": COLUMNS, "constants": {"company": "x"}},
         "constants.company: has a column and a constant; leave one of them out"),
        ({"columns": COLUMNS, "constants": {"id": "x"}},
         "constants.id: is of one record, and a constant is for all; name a column"),
        ({"columns": COLUMNS, "constants": {"stage": "paid"}},
         "constants.stage: 'paid' is none of pledge, commitment, disbursement"),
        ({"columns": {**COLUMNS, "spnd": "x"}}, "columns.spnd: is no field of a pledge; did you mean spend?"),
        ({"columns": COLUMNS, "constants": {"stge": "x"}},
         "constants.stge: is no field of a pledge; did you mean stage?"),
        ({"columns": COLUMNS, "constants": {"zzz": "x"}},
         "constants.zzz: is no field of a pledge; there are id, company"),
        ({"columns": COLUMNS, "constants": {"currency": "RMB"}}, "constants.currency: "),
        ({"columns": COLUMNS, "tags": {" ": "x"}}, "tags: has a key that is blank; name it"),
        ({"columns": {**COLUMNS, "amount": {"USD": {"stage": "paid"}}}},
         "columns.amount.USD.stage: 'paid' is none of pledge, commitment, disbursement"),
        ({"columns": COLUMNS, "constants": {"funder": True}},
         "constants.funder: true is no text, whole number or date"),
        ({"columns": {**COLUMNS, "amount": {"USD": {"announced": "2014"}}}},
         "columns.amount.USD.announced: has a column or a constant already; leave one of them out"),
        ({"columns": {**COLUMNS, "note": {"x": {}}}},
         "columns.note: takes a heading, or a list of them; only amount takes a table"),
        ({"columns": {**COLUMNS, "amount": ["x", "x"]}}, "columns.amount: names 'x' twice"),
        ({"columns": {**COLUMNS, "note": 5}}, "columns.note: 5 is no heading, nor a list of headings"),
        ({"columns": "Funder"}, "columns: 'Funder' is no table of keys and values"),
        ({"columns": COLUMNS, "tags": {"a": "x", "a ": "y"}},
         "tags.a: is the key of two tags; leave one of them out"),
        ({"columns": COLUMNS, "tags": {"a": "x"}, "constants": {"tags.a": "y"}},
         "tags.a: is the key of two tags; leave one of them out"),
        ({"columns": COLUMNS, "values": {"stage": {"paid": "disbursement"}}},
         "values.stage: 'stage' has no column; name its column in columns, or leave it out"),
        ({"columns": {**COLUMNS, "stage": "s"}, "values": {"stage": {"paid": "done"}}},
         "values.stage.paid: 'done' is none of pledge, commitment, disbursement"),
        ({"columns": COLUMNS, "skip": {"amuont": "-"}},
         "skip.amuont: 'amuont' has no column; did you mean amount?"),
        ({"columns": COLUMNS, "skip": {"amount": 0}}, "skip.amount: 0 is no list of texts"),
        ({"columns": COLUMNS, "optional": ["note"]}, "optional: 'note' has no column; name"),
        ({"columns": COLUMNS, "scale": "zillion"}, "scale: 'zillion' is no scale with one meaning"),
        ({"columns": COLUMNS, "locale": "tlh"}, "locale: "),
        ({"columns": COLUMNS, "default": "RMB"}, "default: "),
        ({"columns": COLUMNS, "symbols": {"$": "UDS"}}, "symbols.$: "),
        ({"columns": COLUMNS, "encoding": "utf8-ish"}, "encoding: 'utf8-ish' is no encoding"),
        ({"columns": COLUMNS, "until": {"amount": ""}}, "until.amount: '' is no text"),
        ({"columns": COLUMNS, "until": {"amuont": "|"}},
         "until.amuont: 'amuont' has no column; did you mean amount?"),
        ({"columns": COLUMNS, "estimated": {"amount": "Est"}},
         "estimated.amount: 'amount' has no column"),
        ({"columns": COLUMNS, "estimated": {"announced": 5}}, "estimated.announced: 5 is no heading"),
        ({"columns": COLUMNS, "optional": "estimated.announced"},
         "optional: 'estimated.announced' has no column"),
        ({"columns": COLUMNS, "extract": 1}, "extract: 1 is neither true nor false"),
        ({"columns": COLUMNS, "headings_in_row": 0}, "headings_in_row: 0 is no row; the first is 1"),
    ],
)  # fmt: skip
def test_a_wrong_layout_is_refused(keys: dict[str, Any], expected: str) -> None:
    (fault,) = wrong(**keys)
    assert fault.startswith(expected)


def test_all_that_is_wrong_with_a_layout_is_told_at_once() -> None:
    told = wrong(columns={"company": "x"}, scale="zillion", encoding="foo", more=1)
    assert [fault.partition(":")[0] for fault in told] == [
        "more", "scale", "encoding", "amount", "announced",
    ]  # fmt: skip


def test_a_layout_may_be_a_value_a_mapping_a_file_or_a_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[columns]\ncompany = "Funder"\namount = "USD"\nannounced = "Date"\n', encoding="utf-8"
    )
    layout = cp.Layout(columns=COLUMNS)
    for each in (layout, {"columns": COLUMNS}, path, str(path)):
        assert cp.Layout.of(each) == layout
        assert len(read("Date,Funder,USD\n2021,Acme,5\n", each)) == 1
    for name in cp.layouts():
        assert cp.Layout.of(name).columns


def test_a_layout_does_not_change_with_the_mapping_that_it_was_made_of() -> None:
    columns: dict[str, Any] = {**COLUMNS, "amount": ["a", "b"]}
    layout = cp.Layout(columns=columns)
    columns["note"] = "x"
    columns["amount"].append("c")
    assert [*layout.amounts] == ["a", "b"]
    assert "note" not in layout.columns


def test_a_layout_is_a_value_that_never_changes_and_can_be_hashed() -> None:
    keys: dict[str, Any] = {
        "columns": {**COLUMNS, "amount": {"a": {"announced": "2021"}, "b": {"announced": 2022}}},
        "tags": {"x": "X"}, "skip": {"amount": ["", "-"]}, "symbols": {"$": "CAD"},
    }  # fmt: skip
    del keys["columns"]["announced"]
    one, other = cp.Layout.of(keys), cp.Layout.of(dict(reversed([*keys.items()])))
    assert one == other
    assert hash(one) == hash(other)
    assert len({one, other, cp.Layout.of({**keys, "tags": {"x": "Y"}})}) == 2
    assert {cp.Layout.of(name) for name in cp.layouts()} == {*map(cp.Layout.of, cp.layouts())}
    assert one.columns == keys["columns"]
    with pytest.raises(TypeError):
        one.columns["amount"]["a"]["announced"] = 5


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("colums = 1\n", "mine.toml: colums: is no key of a layout; did you mean columns?"),
        ("columns = {\n", "mine.toml: it is no TOML: "),
        (b"# \xff\n", "mine.toml: it is not in UTF-8"),
        ("[columns]\namount = 'a'\namount = 'b'\n", "mine.toml: it is no TOML: "),
    ],
)
def test_a_wrong_file_of_a_layout_is_refused_with_its_name(
    tmp_path: Path, content: str | bytes, expected: str
) -> None:
    (tmp_path / "mine.toml").write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(cp.errors.LayoutError) as error:
        cp.Layout.of(tmp_path / "mine.toml")
    assert str(error.value).replace(f"{tmp_path}/", "").startswith(expected)


@pytest.mark.parametrize("name", ["mine", "", "360givng", 5, None])
def test_what_is_no_layout_is_refused(name: Any) -> None:
    with pytest.raises(cp.errors.LayoutError, match=r"is no layout, and no \.toml file"):
        cp.Layout.of(name)
