"""How Sphinx builds the documentation: offline, with every notebook executed.

`sphinx-build -E -W --keep-going -b html docs docs/_build/html` builds it, and fails on a warning;
without `-E` a notebook that is unchanged keeps the outputs of the code as it was.
"""

import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from nbclient import NotebookClient
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import commonprosperity

_HERE = Path(__file__).parent

# Sphinx reads what lies below this folder, and the notebooks have a place of their own.
shutil.rmtree(_HERE / "examples", ignore_errors=True)
shutil.copytree(_HERE.parent / "examples", _HERE / "examples")

project = "commonprosperity"
version = release = commonprosperity.__version__
author = "The commonprosperity maintainers"
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx_copybutton"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

# The gallery of errors shows files that are wrong, and Pygments has no lexer for CSV.
suppress_warnings = ["misc.highlighting_failure"]

nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
# What a cell prints comes in pieces, cut anywhere; nb_merge_streams would end a line at each cut.
setattr(NotebookClient, "coalesce_streams", True)  # noqa: B010 (mypy knows it as a trait)

# Docstrings are written for people, with names in single backticks: they link where they can.
default_role = "py:obj"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_maximum_signature_line_length = 80

# The button takes what a reader would type, and leaves prompts and answers behind.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_exclude = ".linenos, .gp, .go"

html_theme = "furo"
html_title = "commonprosperity"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_theme_options = {
    variables: {"code-font-size": "var(--font-size--small--2)"}  # a table of 90 columns fits
    for variables in ("light_css_variables", "dark_css_variables")
}


def _trim(_: Sphinx, page: nodes.document) -> None:
    """Take away the blank line that ends an example, which doctest needs and a reader does not."""
    for block in page.findall(nodes.literal_block):
        text = block.astext().rstrip()
        block.rawsource, block[:] = text, [nodes.Text(text)]


def _default(*event: Any) -> tuple[str, str] | None:
    """Write a default that attrs makes of other fields as `...`, which it shows as NOTHING."""
    *_, signature, returned = event
    return (signature.replace("= NOTHING", "= ..."), returned) if signature else None


def _public(
    app: Sphinx, env: BuildEnvironment, name: addnodes.pending_xref, shown: nodes.Element
) -> nodes.reference | None:
    """Find a name that is not of the docstring's own module among the public ones."""
    target = f"commonprosperity.{name['reftarget']}"
    python = env.domains.python_domain
    return python.resolve_xref(env, name["refdoc"], app.builder, "obj", target, name, shown)


def setup(app: Sphinx) -> None:
    """Sphinx calls this by its name."""
    app.connect("doctree-read", _trim)
    app.connect("autodoc-process-signature", _default)
    app.connect("missing-reference", _public)
