"""Totals of files: scanned as their cells stand, in whichever engine there is."""

import io
from fractions import Fraction
from pathlib import Path

import pytest

import commonprosperity as cp
from ledgers import KEY, faults, ledger
from terminals import where_a_bar_is_shown, write_errors_to
from typed_dataframes import duckdb, pa, pl

parquet = pytest.importorskip("pyarrow.parquet")
CSV = "amount,currency,date\n0.10,CNY,2021-09-02\n0.20,CNY,2021-09-02\n"


@pytest.fixture(params=["duckdb", "polars"])
def scanner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return which package scans files."""
    if request.param == "polars":
        monkeypatch.setattr("commonprosperity.frames.inputs.find_spec", lambda _: None)
    return str(request.param)


@pytest.mark.usefixtures("scanner")
def test_files_and_folders_of_them_are_added_up(tmp_path: Path) -> None:
    folder = tmp_path / "a [folder]* of?"
    (folder / "deep").mkdir(parents=True)
    parquet.write_table(ledger(amount=[1, 2]), folder / "one.parquet")
    parquet.write_table(ledger(amount=[4]), folder / "deep" / "two.PARQUET")
    (folder / "README.txt").touch()
    assert cp.frames.total(folder / "one.parquet", "CNY").grand.exact == 3
    assert cp.frames.total(str(folder), "CNY").grand.exact == 7
    (tmp_path / "mine.csv").write_text(CSV, encoding="utf-8")
    assert cp.frames.total(tmp_path / "mine.csv", "CNY").grand.exact == Fraction("0.3")


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize(
    ("content", "groups"),
    [
        ("who,amount\n't Hooft,10\nSmith,20\nKids',40\n", {"'t Hooft": 10, "Smith": 20, "Kids'": 40}),
        ("who,amount\nSmith,20\n't Hooft,10\nLi,7\nKids',40\n", {"Smith": 20, "'t Hooft": 10, "Li": 7, "Kids'": 40}),
        ("who,amount\n,100\n#GivingTuesday,2.50\n", {None: 100, "#GivingTuesday": Fraction("2.5")}),
        ("who,amount\n// a,1\n-- b,2\n", {"// a": 1, "-- b": 2}),
        ('who,amount\n"Li, ""the"" Wu",3\n"two\nlines",4\n', {'Li, "the" Wu': 3, "two\nlines": 4}),
        ("who;amount;note\nLi;3;a,b\n", {"Li": 3}),
        ("who\tamount\r\nLi; Wu\t3\r\n", {"Li; Wu": 3}),
        ("\ufeffwho,amount\nLi,3\n", {"Li": 3}),
        ("who,amount\n" + "Li,1\n" * 30_000 + '"Wu, jr",5\n', {"Li": 30_000, "Wu, jr": 5}),
    ],
    ids=["quote first", "quote inside", "hash", "slashes", "quoted", "semicolons", "tabs", "mark", "late quote"],
)  # fmt: skip
def test_cells_of_a_csv_are_taken_as_they_stand(
    tmp_path: Path, content: str, groups: dict[str | None, int]
) -> None:
    (tmp_path / "mine.csv").write_text(content, encoding="utf-8", newline="")
    totals = cp.frames.total(tmp_path / "mine.csv", "CNY", by="who", **KEY)
    assert {group: total.exact for group, total in totals.items()} == groups


@pytest.mark.usefixtures("scanner")
def test_what_stands_in_a_file_is_not_taken_from_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "amount=1000" / "who=Wu"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("amount,who\n1,Li\n", encoding="utf-8")
    totals = cp.frames.total(folder / "a.csv", "CNY", by="who", **KEY)
    assert {group: total.exact for group, total in totals.items()} == {"Li": 1}
    (folder / "a.csv").unlink()
    parquet.write_table(pa.table({"amount": [1], "who": ["Li"]}), folder / "a.parquet")
    totals = cp.frames.total(tmp_path, "CNY", by="who", **KEY)
    assert {group: total.exact for group, total in totals.items()} == {"Li": 1}


@pytest.mark.usefixtures("scanner")
def test_files_that_programs_keep_for_themselves_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.csv", "._a.csv", ".ipynb_checkpoints/a-checkpoint.csv", "_temporary/0/a.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(CSV, encoding="utf-8")
    assert cp.frames.total(tmp_path, "CNY").grand.exact == Fraction("0.3")


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize("headings", ["amount,who,amount", "amount,who,Amount"])
def test_two_headings_of_one_name_are_a_fault(tmp_path: Path, headings: str) -> None:
    (tmp_path / "mine.csv").write_text(f"{headings}\n1,a,2\n", encoding="utf-8")
    assert faults(tmp_path / "mine.csv", **KEY) == [
        "amount: there are two columns of one name; leave one out"
    ]


@pytest.mark.usefixtures("scanner")
def test_two_columns_of_one_name_in_a_parquet_file_are_a_fault(tmp_path: Path) -> None:
    nested = pa.array([{"amount": 5, "who": {"amount": 6}}])
    table = pa.Table.from_arrays([[1], nested, [2]], ["amount", "note", "who"])
    parquet.write_table(table, tmp_path / "one.parquet")
    assert cp.frames.total(tmp_path / "one.parquet", "CNY", **KEY).grand.exact == 1
    parquet.write_table(
        table.rename_columns(["amount", "note", "amount"]), tmp_path / "two.parquet"
    )
    (told,) = faults(tmp_path / "two.parquet", **KEY)
    assert "two columns of one name" in told or "more than one occurrence" in told


@pytest.mark.usefixtures("scanner")
def test_files_that_cannot_be_read_are_told_in_our_own_words(tmp_path: Path) -> None:
    parquet.write_table(ledger(amount=range(1000)), tmp_path / "short.parquet")
    whole = (tmp_path / "short.parquet").read_bytes()
    (tmp_path / "short.parquet").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "empty").mkdir()
    (tmp_path / "mine.xlsx").touch()
    (tmp_path / "both").mkdir()
    parquet.write_table(ledger(amount=[1]), tmp_path / "both" / "one.parquet")
    (tmp_path / "both" / "one.csv").write_text(CSV, encoding="utf-8")
    for name, told in {
        "short.parquet": "cannot be read: ",
        "gone.parquet": "there is no such file or folder",
        "empty": "has no Parquet or CSV files",
        "mine.xlsx": "is no .parquet, .csv or .tsv file",
        "both": "has files of several kinds, perhaps of the same rows; name one of them",
    }.items():
        with pytest.raises(cp.errors.DatasetError) as error:
            cp.frames.total(tmp_path / name, "CNY")
        (fault,) = error.value.faults
        assert fault.place == str(tmp_path / name)
        assert fault.problem.startswith(told)


def test_address_on_the_web_is_not_fetched() -> None:
    with pytest.raises(cp.errors.FileError, match="there is no such file or folder"):
        cp.frames.total("https://example.org/mine.parquet", "CNY")


def test_lazy_frame_whose_file_is_gone_is_told(tmp_path: Path) -> None:
    parquet.write_table(ledger(amount=[1]), tmp_path / "one.parquet")
    frames = [pl.scan_parquet(tmp_path / "one.parquet"),
              duckdb.connect().read_parquet(str(tmp_path / "one.parquet"))]  # fmt: skip
    (tmp_path / "one.parquet").unlink()
    for frame in frames:
        (told,) = faults(frame)
        assert told.startswith(": cannot be read: ")


def test_faults_of_the_first_five_files_at_fault_name_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    for name in ("b", "c", "d", "e", "f", "g"):
        (tmp_path / f"{name}.csv").write_text(CSV.replace("0.20", name), encoding="utf-8")
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.total(tmp_path, "CNY")
    places = [fault.place for fault in error.value.faults]
    assert places == [str(tmp_path / f"{name}.csv") for name in "bcdef"]
    assert {fault.problem for fault in error.value.faults} == {
        'is no plain number such as 1234.56, or 1,234.56 with locale="en" (1 row: 1)'
    }


@where_a_bar_is_shown
def test_bar_of_files_is_shown_in_a_terminal_and_a_notebook(  # noqa: PLR0913 (the cases and what they need)
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    *, stream: type[io.StringIO], is_notebook: bool, bar: bool, shows: bool,
) -> None:  # fmt: skip
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_text(CSV, encoding="utf-8")
    written = stream()
    write_errors_to(monkeypatch, written, is_notebook=is_notebook)
    cp.frames.total(tmp_path, "CNY", bar=bar)
    assert ("0/2" in written.getvalue()) is shows
    written.truncate(0)
    cp.frames.total(tmp_path / "one.csv", "CNY")
    assert not written.getvalue()
