"""`import commonprosperity as cp`: the public names, and what they cost."""

import ast
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor, wait
from importlib import import_module
from pathlib import Path
from threading import Event

import pytest

import commonprosperity as cp
from commonprosperity.deferred import deferred

FACE = Path(cp.__file__)


def loaded_after(code: str) -> set[str]:
    code = f"import sys\n{code}\nprint(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-c", code], text=True).split())


def test_charts_errors_frames_rates_and_units_are_rooms() -> None:
    assert cp.errors.__name__ == "commonprosperity.errors"
    assert cp.rates.__name__ == "commonprosperity.rates"
    assert cp.frames.__name__ == "commonprosperity.frames"
    code = "import commonprosperity as cp; cp.units.convert"
    assert loaded_after(code) >= {"commonprosperity.units"}
    assert "altair" not in loaded_after("import commonprosperity as cp; cp.charts.bar")


def test_face_has_the_base_of_all_errors_and_the_warning_alone() -> None:
    assert [name for name in cp.__all__ if name in cp.errors.__all__] == [
        "CommonProsperityError",
        "DoubleCountWarning",
    ]


def test_every_public_name_is_there() -> None:
    for name in cp.__all__:
        assert getattr(cp, name) is not None
    assert set(cp.__all__) <= set(dir(cp))


def test_names_for_type_checkers_are_the_names_at_run_time() -> None:
    tree = ast.parse(FACE.read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    names = {alias.asname for node in ast.walk(block) if isinstance(node, ast.ImportFrom)
             for alias in node.names}  # fmt: skip
    assert names | {"__version__"} == set(cp.__all__)


def test_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Pledgee'"):
        _ = cp.Pledgee


def test_importing_loads_nothing_heavy() -> None:
    heavy = {"altair", "attrs", "babel", "cattrs", "click", "currency_converter", "pint", "zipfile"}
    assert not loaded_after("import commonprosperity") & heavy


def test_records_load_neither_babels_data_nor_cattrs_nor_the_rates() -> None:
    heavy = {"babel.numbers", "cattrs", "click", "currency_converter", "pint", "zipfile"}
    assert not loaded_after("import commonprosperity; commonprosperity.Pledge") & heavy


def rooms_after(code: str) -> set[str]:
    """Name our rooms, and the modules of files, that are loaded."""
    names = (name.split(".") for name in loaded_after(code))
    return {".".join(name[1 : 3 if name[1:2] == ["files"] else 2]) for name in names
            if name[0] == "commonprosperity"}  # fmt: skip


def test_a_total_loads_only_the_form_of_its_file_and_nothing_to_check_or_compare() -> None:
    others = {f"files.{form}" for form in ("csv", "grants360", "iati", "workbook", "zip_file")}
    rooms = rooms_after("import commonprosperity as cp; cp.load().total('USD')")
    assert rooms >= {"dataset", "files.toml"}
    assert not rooms & {"charts", "checks", "compare", "frames", "mentions", "page", *others}


def test_the_command_loads_neither_page_nor_mentions_before_one_is_asked_for() -> None:
    rooms = rooms_after("from commonprosperity.cli import main; main([], standalone_mode=False)")
    assert "cli" in rooms
    assert not rooms & {"charts", "checks", "compare", "frames", "mentions", "page"}


def test_a_deferred_module_has_the_names_of_the_module_and_no_others() -> None:
    [checks] = deferred("checks")
    assert checks.Finding is cp.Finding
    assert checks.Severity is import_module("commonprosperity.checks").Severity
    with pytest.raises(AttributeError, match="no attribute 'cheque'"):
        _ = checks.cheque
    with pytest.raises(ModuleNotFoundError, match="cheques"):
        _ = deferred("cheques")[0].check


def test_a_deferred_module_is_described_and_changed_as_the_module_is() -> None:
    [checks] = deferred("checks")
    module = import_module("commonprosperity.checks")
    assert checks.__doc__ == module.__doc__
    assert dir(checks) == dir(module)
    checks.added = 5
    assert vars(module)["added"] == 5
    del checks.added
    assert "added" not in vars(module)


def test_a_thread_waits_for_a_deferred_module_that_another_thread_is_loading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half, rest = Event(), Event()
    (tmp_path / "half_loaded.py").write_text(
        "import sys\n"
        "def answer(): return value\n"
        "half, rest = sys.half_loaded\n"
        "half.set()\n"
        "rest.wait(60)\n"
        "value = 42\n"
    )
    monkeypatch.setattr(cp, "__path__", [*cp.__path__, str(tmp_path)])
    monkeypatch.setattr(sys, "half_loaded", (half, rest), raising=False)
    [module] = deferred("half_loaded")

    def answer() -> object:
        return module.answer()

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(answer)
        assert half.wait(60)
        second = threads.submit(answer)
        wait([second], timeout=0.1)
        rest.set()
        assert [first.result(), second.result()] == [42, 42]
    del sys.modules["commonprosperity.half_loaded"], cp.half_loaded


def test_the_name_of_a_deferred_module_does_not_load_it() -> None:
    code = "from commonprosperity.deferred import deferred; deferred('checks')[0].__name__"
    assert "commonprosperity.checks" not in loaded_after(code)


def test_all_public_names_load_no_dataframes_charts_and_page_and_no_search() -> None:
    loaded = loaded_after("from commonprosperity import *; charts, frames")
    assert not loaded & {"cattrs", "commonprosperity.charts", "commonprosperity.frames"}
    assert not loaded & {f"commonprosperity.{module}" for module in (
        "checks.all", "checks.comparison", "compare.way", "files.toml",
        "mentions.overview", "mentions.search", "page.content", "wording.reading",
    )}  # fmt: skip


def test_the_grammar_of_amounts_is_loaded_by_the_first_amount_in_words() -> None:
    grammar = "commonprosperity.wording.reading"
    assert grammar not in loaded_after("import commonprosperity as cp; cp.Money.parse('5 USD')")
    assert grammar in loaded_after("import commonprosperity as cp; cp.Money.parse('US$5')")


def test_reading_a_dataset_without_faults_needs_no_cattrs_and_writing_one_does() -> None:
    code = "import commonprosperity as cp; dataset = cp.load()"
    assert "cattrs" not in loaded_after(code)
    writing = "from commonprosperity.plain import plain_of; plain_of(dataset)"
    assert "cattrs" in loaded_after(f"{code}\n{writing}")


def test_the_rates_do_not_load_the_package_that_ships_them() -> None:
    code = "import commonprosperity as cp; cp.convert('5 USD', 'CNY', on='2021')"
    assert "currency_converter" not in loaded_after(code)


def test_version_is_that_of_the_package() -> None:
    project = FACE.parents[2] / "pyproject.toml"
    assert (
        tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"] == cp.__version__
    )
    assert f"version: {cp.__version__}" in (FACE.parents[2] / "CITATION.cff").read_text("utf-8")
