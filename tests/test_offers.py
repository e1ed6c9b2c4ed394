"""`load` finds the datasets that installed packages offer, and runs none of their code."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from click.testing import CliRunner

import commonprosperity as cp
from commonprosperity.cli import main

ROOT = Path(__file__).parents[1]
PLEDGES = """\
[company.acme]
name = "Acme"

[pledge.acme-1]
company = "acme"
amount = "2 billion CNY"
announced = "2021-09-15"
"""
FLAT = "company,amount,announced\nAcme,3 CNY,2021\n"


def install(site: Path, package: str, offer: str, name: str = "", content: str = PLEDGES) -> None:
    """Lay out what pip leaves of a package: its metadata, and one file of it, if it has a name."""
    metadata = site / f"{package.replace('-', '_')}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[commonprosperity.datasets]\n{offer}\n")
    if name:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(content)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(tmp_path)
    cp.load.cache_clear()
    return tmp_path


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("acme:pledges.toml", "acme/pledges.toml"),
        ("acme.data.new:pledges.toml", "acme/data/new/pledges.toml"),
        ("acme:data/pledges.toml", "acme/data/pledges.toml"),
        ("acme/pledges.toml", "acme/pledges.toml"),
        ("pledges.toml", "pledges.toml"),
    ],
)
def test_file_of_an_installed_package_is_loaded_by_its_name(
    site: Path, value: str, name: str
) -> None:
    install(site, "acme-pledges", f"acme-2021 = {value}", name)
    assert "acme-2021" in cp.datasets()
    assert cp.load("acme-2021").total("CNY").amount == cp.Money("2e9", "CNY")
    assert cp.load().total("CNY").amount == cp.Money("214.169e9", "CNY")


def test_names_are_sorted_with_the_built_in_ones(site: Path) -> None:
    before = cp.datasets()
    install(site, "acme-pledges", "zz = acme:z.toml\naa = acme:a.toml")
    assert cp.datasets() == ("aa", *before, "zz")


def test_file_has_any_form_and_a_data_package_is_a_folder(site: Path) -> None:
    install(site, "acme-flat", "acme-flat = acme:pledges.csv", "acme/pledges.csv", FLAT)
    install(site, "acme-folder", "acme-folder = acme:package")
    cp.write(cp.load(), site / "acme" / "package")
    assert cp.load("acme-flat").total("CNY").amount == cp.Money(3, "CNY")
    assert cp.load("acme-folder") == cp.load()


def test_package_is_found_where_an_editable_installation_has_it(
    site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    source = tmp_path_factory.mktemp("source")
    install(site, "acme-pledges", "acme-2021 = acme_here:pledges.toml")
    (source / "acme_here").mkdir()
    (source / "acme_here" / "__init__.py").write_text("raise RuntimeError('imported')")
    (source / "acme_here" / "pledges.toml").write_text(PLEDGES)
    with pytest.raises(cp.errors.FileError, match="has no such file"):
        cp.load("acme-2021")
    monkeypatch.syspath_prepend(source)
    assert len(cp.load("acme-2021")) == 1
    assert "acme_here" not in sys.modules


@pytest.mark.parametrize("value", ["acme:gone.toml", "gone:pledges.toml", "gone", "a.b.c"])
def test_missing_file_is_an_error_that_names_the_package(site: Path, value: str) -> None:
    install(site, "acme-pledges", f"acme-2021 = {value}", "acme/pledges.toml")
    with pytest.raises(cp.errors.FileError) as error:
        cp.load("acme-2021")
    assert str(error.value) == (
        f"acme-pledges: offers the dataset 'acme-2021' as '{value}', and has no such file; its entry "
        'point names a package and a file in it, as in "acme_pledges:pledges.toml"'
    )


def test_wrong_file_is_an_error_with_its_line(site: Path) -> None:
    wrong = PLEDGES.replace("2 billion CNY", "2 billion")
    install(site, "acme-pledges", "acme-2021 = acme:pledges.toml", "acme/pledges.toml", wrong)
    with pytest.raises(cp.errors.FileError, match=r"pledges.toml:4: acme-1: amount: '2 billion'"):
        cp.load("acme-2021")


def test_name_that_two_packages_have_is_refused(site: Path) -> None:
    for package in ("acme-pledges", "beta-pledges"):
        file = f"{package[:4]}/pledges.toml"
        install(site, package, f"grants = {package[:4]}:pledges.toml", file)
    assert cp.datasets().count("grants") == 1
    sentence = "2 packages have a dataset 'grants': .*a-pledges; uninstall one of them"
    with pytest.raises(cp.errors.SharedDatasetNameError, match=sentence) as error:
        cp.load("grants")
    assert {*error.value.packages} == {"acme-pledges", "beta-pledges"}


def test_name_of_a_built_in_dataset_stands_for_no_other(site: Path) -> None:
    install(site, "acme-pledges", "article = acme:pledges.toml", "acme/pledges.toml")
    sentence = "2 packages have a dataset 'article': commonprosperity, acme-pledges; uninstall"
    with pytest.raises(cp.errors.SharedDatasetNameError, match=sentence):
        cp.load()


def test_command_takes_the_name_and_a_broken_package_hides_no_other(site: Path) -> None:
    install(site, "acme-pledges", "acme-2021 = acme:pledges.toml", "acme/pledges.toml")
    install(site, "beta-pledges", "beta-2021 = beta:gone.toml")
    total = CliRunner().invoke(main, ["total", "acme-2021", "--to", "CNY"])
    assert "total     2.000" in total.output
    listing = CliRunner().invoke(main, ["datasets", "--format", "csv"])
    assert listing.exit_code == 0
    assert "acme-2021,,1\n" in listing.output.replace("\r", "")
    assert "\nbeta-2021,\"beta-pledges: offers the dataset 'beta-2021' as" in listing.output
    assert "article,The Chinese efforts of common prosperity,8" in listing.output


def test_wheel_of_the_how_to_page_is_loaded_in_a_venv_of_its_own(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="pip builds no wheel offline without it")
    pytest.importorskip("pip")
    page = (ROOT / "docs" / "share-a-dataset.md").read_text(encoding="utf-8")
    project = tmp_path / "project"
    (project / "acme_pledges").mkdir(parents=True)
    (project / "pyproject.toml").write_text(page.split("```toml\n")[1].split("```")[0])
    (project / "acme_pledges" / "__init__.py").write_text("raise RuntimeError('imported')")
    (project / "acme_pledges" / "pledges.toml").write_text(PLEDGES)
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    offline = ["--no-index", "--no-deps"]
    subprocess.run([*pip, "wheel", *offline, "--no-build-isolation", "-w", tmp_path, project],
                   check=True)  # fmt: skip

    venv.create(tmp_path / "venv", symlinks=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    subprocess.run([*pip, "--python", python, "install", *offline, *tmp_path.glob("*.whl")],
                   check=True)  # fmt: skip
    # The library and what it needs come from here, so that nothing is fetched.
    here = [str(Path(cp.__file__).parents[1]), sysconfig.get_path("purelib")]
    (site,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    (site / "here.pth").write_text("\n".join(here))
    code = """if True:
        import sys
        import commonprosperity as cp
        print(cp.load("acme-2021").total("CNY").amount, "acme-2021" in cp.datasets())
        print("acme_pledges" in sys.modules)
    """
    output = subprocess.check_output([python, "-c", code], text=True, cwd=tmp_path)
    assert output == "2,000,000,000.00 CNY True\nFalse\n"
