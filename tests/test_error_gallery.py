"""The gallery of errors is what is said today, and says it of a file of each form."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GALLERY = runpy.run_path(str(ROOT / "generators" / "errors.py"))


def test_gallery_is_what_is_said_today() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert page == GALLERY["text"](), "run generators/errors.py"


@pytest.mark.parametrize("path", GALLERY["paths"](), ids=lambda path: path.name)
def test_every_fault_names_its_file_and_no_folder_of_ours(path: Path) -> None:
    for line in GALLERY["sentences"](path).split("\n"):
        assert line.startswith(path.name)
        assert str(ROOT) not in line


def test_gallery_has_every_form() -> None:
    paths = GALLERY["paths"]()
    assert len(paths) >= 40
    assert {path.suffix for path in paths} == {".toml", ".json", ".csv", ".xml", ""}


def test_file_that_is_read_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "right.toml").touch()
    sentences = GALLERY["sentences"]
    monkeypatch.setitem(sentences.__globals__, "FILES", tmp_path)
    with pytest.raises(AssertionError, match=r"right.toml is read, and should not be"):
        sentences(tmp_path / "right.toml")
