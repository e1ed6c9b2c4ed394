"""The JSON form: canonical, exact, and its faults in sentences."""

import io
import json
from decimal import Decimal

import pytest
from hypothesis import given

import commonprosperity as cp
from strategies import full_datasets

ACME = '"company": {"acme": {"name": "Acme"}}'


def read(content: str) -> cp.Dataset:
    return cp.read(io.StringIO(content), format="json")


def faults(content: str) -> list[str]:
    with pytest.raises(cp.errors.FileError) as error:
        read(content)
    return [str(fault).removeprefix("the file") for fault in error.value.faults]


def test_json_is_sorted_readable_and_ends_with_a_line_end() -> None:
    file = io.StringIO()
    cp.write(read('{"figure": {"b": {"value": 5, "about": "腾讯"}}, "company": {"腾讯": {"name": "x"}}}'),
             file, format="json")  # fmt: skip
    assert (
        file.getvalue()
        == """\
{
  "company": {
    "腾讯": {
      "name": "x"
    }
  },
  "figure": {
    "b": {
      "about": "腾讯",
      "value": "5"
    }
  }
}
"""
    )


@given(full_datasets())
def test_json_is_the_same_whatever_the_order_of_the_records(dataset: cp.Dataset) -> None:
    turned = cp.Dataset(
        *(reversed(getattr(dataset, kind)) for kind in
          ("sources", "companies", "initiatives", "pledges", "figures"))
    )  # fmt: skip
    files = io.StringIO(), io.StringIO()
    cp.write(dataset, files[0], format="json")
    cp.write(turned, files[1], format="json")
    assert files[0].getvalue() == files[1].getvalue()
    plain = json.loads(files[0].getvalue())
    assert files[0].getvalue() == json.dumps(
        plain, ensure_ascii=False, indent=2, sort_keys=True
    ) + "\n"  # fmt: skip


def test_schema_of_an_editor_is_passed_over() -> None:
    assert read('{"$schema": "https://example.org/x.json"}') == cp.Dataset()


def test_numbers_are_taken_exactly() -> None:
    figures = (
        ', "figure": {"a": {"about": "acme", "value": 0.10}, "b": {"about": "acme", "value": 5}}'
    )
    assert [str(figure.value) for figure in read(f"{{{ACME}{figures}}}").figures] == ["0.10", "5"]
    assert read(f"{{{ACME}{figures}}}").figures[1].value == Decimal(5)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [":1: it is no JSON: Expecting value"]),
        ("{,}", [":1: it is no JSON: Expecting property name enclosed in double quotes"]),
        ('{\n"a": 1,\n}', None),
        ("[]", [': it is no object; write {"pledge": {"acme-1": {...}}}']),
        ("5", [': it is no object; write {"pledge": {"acme-1": {...}}}']),
        ("[" * 100_000, [": its objects or lists are nested too deep"]),
        ('{"a":' * 100_000, [": its objects or lists are nested too deep"]),
        ('{"company": {"a": {"name": ' + "[" * 90 + "]" * 90 + "}}}",
         [": a: name.0.0.0.0.0.0: has tables or lists that are nested too deep",
          ]),
        ('{"company": {"a": {"name": "x", "name": "y"}}}', [": a: name: is written twice; leave one of them out"]),
        ('{"company": {"a": {"name": "x"}, "a": {"name": "y"}}}', [": a: is written twice; leave one of them out"]),
        ('{"company": {}, "company": {}}', [": company: is written twice; leave one of them out"]),
        (f'{{{ACME}, "figure": {{"f": {{"about": "acme", "value": NaN}}, "g": {{"about": "acme", "value": -Infinity}}}}}}',
         [": f: value: NaN is no number that can be held exactly; write at most 60 digits",
          ": g: value: -Infinity is no number that can be held exactly; write at most 60 digits"]),
        (f'{{{ACME}, "figure": {{"f": {{"about": "acme", "value": 1e999999999}}}}}}',
         [": f: value: 1e999999999 is no number that can be held exactly; write at most 60 digits"]),
        (f'{{{ACME}, "figure": {{"f": {{"about": "acme", "value": {"9" * 100_000}}}}}}}',
         [f": f: value: {'9' * 57}... is no number that can be held exactly; write at most 60 digits"]),
        ('{"company": {"a": {"name": 5}, "b": {"name": null, "nam": ""}}}',
         [": a: name: 5 is no text", ": b: name: null is no text",
          ": b: nam: is no field of a company"]),
        ('{"company": {"a": {"name": "x\\u202ey"}, "b": {"name": "\\ud800"}, "c": {"name": "x\\u0000"}}}',
         [f": {id_}: name: {text} has a control character; write visible characters, on one line"
          for id_, text in (("a", r"'x\u202ey'"), ("b", r"'\ud800'"), ("c", r"'x\x00'"))]),
    ],
)  # fmt: skip
def test_faults_are_told_at_once_in_sentences(content: str, expected: list[str] | None) -> None:
    told = faults(content)
    if expected is None:
        assert told[0].startswith((":3: it is no JSON", ":2: it is no JSON"))
    else:
        assert told == expected


def test_key_given_twice_does_not_hide_the_other_faults() -> None:
    pledge = '{"company": "acne", "amount": "5 CNY", "amount": "5 CNY", "announced": "2021"}'
    assert faults(f'{{{ACME}, "pledge": {{"p": {pledge}}}}}') == [
        ": p: amount: is written twice; leave one of them out",
        ": p: company: there is no company acne; did you mean acme?",
    ]
