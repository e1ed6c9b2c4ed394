"""Packages that only some functions need: imported when called for, and named when missing."""

import pickle
import sys
from pathlib import Path

import pytest

import commonprosperity as cp
from commonprosperity.extras import needed


def test_package_that_is_installed_is_imported() -> None:
    assert needed("tqdm", extra="charts") is sys.modules["tqdm"]


def test_missing_package_is_told_with_the_command_that_installs_it() -> None:
    with pytest.raises(cp.errors.MissingExtraError) as error:
        needed("narwhales", extra="frames")
    assert str(error.value) == (
        'narwhales is not installed; run: pip install "commonprosperity[frames]"'
    )
    assert isinstance(error.value, ImportError)
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)  # noqa: S301 (our own)


def test_missing_package_of_the_users_own_is_installed_by_its_name() -> None:
    with pytest.raises(cp.errors.MissingExtraError) as error:
        needed("polarbears")
    assert error.value.command == "pip install polarbears"


def test_broken_package_is_not_told_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken_engine.py").write_text("import a_part_that_is_missing")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="a_part_that_is_missing") as error:
        needed("broken_engine", extra="frames")
    assert not isinstance(error.value, cp.errors.MissingExtraError)
