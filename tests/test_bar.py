"""The bar of what takes long: in a terminal and a notebook, and nowhere else."""

import io
import os
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from commonprosperity.bar import percent_bar, with_bar
from terminals import Terminal, where_a_bar_is_shown, write_errors_to

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on this system")
termios = pytest.importorskip("termios", reason="there are no pseudo-terminals on this system")

MANY = 100_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with as many rows as have a bar, and a short one."""
    folder = tmp_path_factory.mktemp("sheets")
    for name, rows in (("long", MANY), ("short", 1_000)):
        text = "company,amount,announced\n" + "Acme,1 CNY,2021\n" * rows
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def reading(file: Path, options: str = "") -> list[str]:
    script = f"import commonprosperity as cp; cp.read({str(file)!r}{options})"
    return [sys.executable, "-c", script]


def said_in_a_terminal(command: list[str]) -> str:
    """Run a command whose standard error is a terminal, and return what it writes there."""
    ours, its = pty.openpty()
    termios.tcsetwinsize(its, (24, 80))
    said: list[bytes] = []

    def listen() -> None:
        try:
            while chunk := os.read(ours, 65_536):
                said.append(chunk)
        except OSError:  # how Linux tells that the other end is closed
            pass

    listener = Thread(target=listen)
    listener.start()
    subprocess.run(command, stderr=its, check=True)
    os.close(its)
    listener.join()
    os.close(ours)
    return b"".join(said).decode()


def test_bar_of_a_long_file_is_shown_in_a_terminal_and_goes(folder: Path) -> None:
    said = said_in_a_terminal(reading(folder / "long.csv"))
    for step in ("rows", "records"):
        assert f"{step}: " in said
    assert f"/{MANY}" in said
    last_line = said.rpartition("\r")[0].rpartition("\r")[2]
    assert not last_line.strip()


@pytest.mark.parametrize(("name", "options"), [("short", ""), ("long", ", bar=False")])
def test_no_bar_of_a_short_file_and_where_none_is_wanted(
    folder: Path, name: str, options: str
) -> None:
    assert not said_in_a_terminal(reading(folder / f"{name}.csv", options))


def test_nothing_is_written_to_a_pipe(folder: Path) -> None:
    done = subprocess.run(reading(folder / "long.csv"), capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


@where_a_bar_is_shown
def test_items_are_the_same_with_a_bar_and_without(
    monkeypatch: pytest.MonkeyPatch,
    *, stream: type[io.StringIO], is_notebook: bool, bar: bool, shows: bool,
) -> None:  # fmt: skip
    written = stream()
    write_errors_to(monkeypatch, written, is_notebook=is_notebook)
    assert [*with_bar("abc", "letters", 3, bar=bar, at_least=3)] == ["a", "b", "c"]
    assert ("letters: " in written.getvalue()) is shows
    written.truncate(0)
    assert [*with_bar("abc", "letters", 3, bar=bar, at_least=4)] == ["a", "b", "c"]
    assert not written.getvalue()


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()], ids=["terminal", "pipe"])
def test_percent_are_asked_for_and_shown_until_the_end(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    asked = Event()

    def percent() -> float:
        if "7%" in stream.getvalue():
            asked.set()
        return 7.0

    with percent_bar(percent, "mine.parquet", bar=True):
        assert asked.wait(30 if stream.isatty() else 0) is stream.isatty()
    if stream.isatty():
        assert not stream.getvalue().rpartition("\r")[0].rpartition("\r")[2].strip()
    else:
        assert not stream.getvalue()


def test_nobody_asks_for_percent_where_no_bar_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    asked = Event()

    def percent() -> float:
        asked.set()
        return 1.0

    with percent_bar(percent, "mine.parquet", bar=False):
        assert not asked.wait(0.5)


def test_kernel_of_a_notebook_adds_files_up_with_a_bar_and_without(tmp_path: Path) -> None:
    nbclient = pytest.importorskip("nbclient", reason="needs the extra `notebooks`")
    nbformat = pytest.importorskip("nbformat", reason="needs the extra `notebooks`")
    pytest.importorskip("ipykernel", reason="needs the extra `notebooks`")
    pytest.importorskip("narwhals", reason="needs the extra `frames`")
    pytest.importorskip("duckdb", reason="needs the extra `engines`")
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_text(
            "amount,currency,date\n1,CNY,2021\n", encoding="utf-8"
        )
    cells = [
        f"import commonprosperity as cp; cp.frames.total({str(path)!r}, 'CNY'{options}).grand.exact"
        for path, options in (
            (tmp_path, ""), (tmp_path, ", bar=False"), (tmp_path / "one.csv", ""),
        )
    ]  # fmt: skip
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, cells)])
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    folder, quiet, one = ([dict(output) for output in cell.outputs] for cell in notebook.cells)
    assert any("files: " in output.get("text", "") for output in folder)
    assert [output["data"]["text/plain"] for output in (folder[-1], *quiet, *one)] == [
        "Fraction(2, 1)", "Fraction(2, 1)", "Fraction(1, 1)",
    ]  # fmt: skip
