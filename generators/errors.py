"""Make the gallery of errors: each file of `tests/errors`, and the sentences it gets.

    python generators/errors.py

writes it to docs/errors.md. `tests/test_error_gallery.py` holds the two equal.
"""

from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import commonprosperity as cp

ROOT = Path(__file__).parents[1]
FILES = ROOT / "tests" / "errors"
TARGET = ROOT / "docs" / "errors.md"

FORMS = {
    ".toml": "TOML",
    ".json": "JSON",
    ".csv": "The flat CSV",
    ".xml": "IATI",
    "": "The Data Package",
}
HEAD = """\
# Errors in your files

The library reads a file whole or not at all. It reports all faults at once, each as
`file:line: record: field: what is wrong`. The line is that of the record's heading in TOML, and
that of its row in a CSV.

`generators/errors.py` makes this page from the files in `tests/errors`.
"""


def paths() -> list[Path]:
    """Return the files, and the folders of packages, that are wrong."""
    return sorted(path for path in FILES.iterdir() if path.suffix in FORMS)


def sentences(path: Path) -> str:
    """Return the sentences that a file gets; a user who reads it stands in its folder."""
    with chdir(FILES):
        try:
            cp.read(path.name)
        except cp.errors.FileError as error:
            return str(error)
    raise AssertionError(f"{path.name} is read, and should not be")


def shown(path: Path) -> Iterator[str]:
    """Show a file, or the files of a package; what is not in UTF-8 with the bytes it has."""
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        content = file.read_bytes().decode("utf-8", "backslashreplace")
        visible = content.replace("\0", "\\x00").replace("\u202e", "\\u202e").replace("\r\n", "\n")
        yield f"```{file.suffix[1:]}\n{visible.rstrip()}\n```"


def text() -> str:
    """Return the page."""
    parts = [HEAD]
    for ending, form in FORMS.items():
        parts.append(f"## {form}\n")
        for path in paths():
            if path.suffix == ending:
                name = path.stem.replace("-", " ")
                said = f"```text\n{sentences(path)}\n```"
                parts += [f"### {name[0].upper()}{name[1:]}\n", *shown(path), said, ""]
    return "\n".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
