"""Layouts in TOML files: the library's own, by name, and the user's."""

import tomllib
from pathlib import Path
from typing import Any

from commonprosperity.disk import problem_of
from commonprosperity.errors import Fault, LayoutError
from commonprosperity.errors.base import sentence_of
from commonprosperity.quoting import brief, suggestion
from commonprosperity.sentence import Sentence

_FOLDER = Path(__file__).parent
_BYTES_AT_MOST = 1_000_000


def layouts() -> tuple[str, ...]:
    """Return the names of the layouts that come with the library."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def layout_schema() -> str:
    """Return the JSON Schema of the TOML files of layouts, for editors.

    >>> print(layout_schema().splitlines()[2])
      "title": "A layout of commonprosperity",
    """
    return (_FOLDER / "layout.schema.json").read_text(encoding="utf-8")


def content_of(name: str | Path) -> tuple[dict[str, Any], str]:
    """Return the content of a layout, by its name or from a TOML file, and its place.

    Raises `LayoutError` if there is no such layout, or the file is no TOML.
    """
    if isinstance(name, str) and name in layouts():
        return _parsed(_FOLDER / f"{name}.toml"), name
    path = Path(name) if isinstance(name, str | Path) and name else None
    if path is None or path.suffix.lower() != ".toml":
        near = suggestion(name, layouts()) or Sentence("; there are {known:list}", known=layouts())
        problem = Sentence(
            "{name} is no layout, and no .toml file{near:say}", name=brief(name), near=near
        )
        raise LayoutError((Fault("", "layout", problem),))
    return _parsed(path), str(path)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as opened:
            content = opened.read(_BYTES_AT_MOST + 1)
        if len(content) > _BYTES_AT_MOST:
            raise LayoutError.at(
                str(path), Sentence("it has more than {most} bytes", most=f"{_BYTES_AT_MOST:,}")
            )
        return tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise LayoutError.at(str(path), problem_of(error)) from None
    except UnicodeDecodeError:
        raise LayoutError.at(str(path), Sentence("it is not in UTF-8")) from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, LayoutError):
            raise
        raise LayoutError.at(
            str(path), Sentence("it is no TOML: {problem:say}", problem=sentence_of(error))
        ) from None
