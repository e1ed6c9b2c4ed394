"""The gallery of errors is what is said today, and says it of a file of each form."""

import re
import runpy
from contextlib import chdir
from pathlib import Path

import pytest

import commonprosperity as cp
from commonprosperity.flat import COLUMNS
from commonprosperity.messages import in_language
from commonprosperity.records import PLEDGE_FIELDS

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


NAMES = """
    TOML JSON XML CSV IATI DTD NUL UTF GBK GB Windows ISO CNY USD CN dates encoding locale layout skip
    id acme its-id pledge companies amount qualifier true false http https 360Giving fundingOrganization
    datapackage resource company initiative source figure commitment disbursement json cp de en gb
    default utf sources initiatives figures eetd
""".split()  # noqa: SIM905
"""Words that Chinese sentences have as they are: names, codes, and what is to be written."""


@pytest.mark.parametrize("path", GALLERY["paths"](), ids=lambda path: path.name)
def test_no_fault_is_said_in_english_to_chinese_readers(path: Path) -> None:
    with chdir(GALLERY["FILES"]), pytest.raises(cp.errors.FileError) as caught:
        cp.read(path.name)
    chinese = in_language("zh_CN")(caught.value.sentence)
    files = path.iterdir() if path.is_dir() else [path]
    own = {path.name, *NAMES, *PLEDGE_FIELDS, *COLUMNS}
    own |= {word for file in files for word in WORD.findall(file.read_text("utf-8", "replace"))}
    own |= {word for name in own for word in WORD.findall(name)}
    assert len(chinese.splitlines()) == len(caught.value.faults)
    for line in chinese.splitlines():
        assert re.search("[\u4e00-\u9fff]", line), line
        assert {*WORD.findall(line)} <= own, line


WORD = re.compile("[A-Za-z]{2,}")


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
