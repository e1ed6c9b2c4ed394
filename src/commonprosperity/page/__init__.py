"""``report``: a dataset as one page to publish, which asks nothing of any other place.

The page is a template and a style sheet; `content` works out the facts, `words` says them.
"""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from commonprosperity.dataset import Dataset
from commonprosperity.deferred import deferred
from commonprosperity.disk import named, put
from commonprosperity.extras import needed
from commonprosperity.period import Period
from commonprosperity.prices import Prices
from commonprosperity.rates.rates_like import RatesLike

if TYPE_CHECKING:
    from commonprosperity.page import content, pictures, words
else:
    content, pictures, words = deferred("page.content", "page.pictures", "page.words")

__all__ = ["report"]


def report(  # noqa: PLR0913 (what to total, and for which readers)
    dataset: Dataset,
    path: str | Path,
    *,
    to: str = "CNY",
    locale: str = "en",
    written: Period | date | str | None = None,
    on: Period | date | str | None = None,
    rates: RatesLike | None = None,
    prices: Prices | None = None,
    base: int | str | None = None,
    title: str = "",
    byline: str = "",
    intro: str = "",
) -> None:
    """Write a page to publish: totals, every pledge and why it counts, rates, findings, sources.

    It is one HTML file that needs no other and runs no script, in Chinese where the locale is
    Chinese, and else in English. ``to``, ``on``, ``rates``, ``prices`` and ``base`` are those of
    `Dataset.total`. The only date of writing on it is ``written``, so that the same input makes
    the same bytes. ``title``, ``byline`` and ``intro`` are your own: what the page is called, who
    wrote it, and what it is about; a blank line in the ``intro`` begins a paragraph.

    >>> from tempfile import TemporaryDirectory
    >>> from commonprosperity.data import load
    >>> with TemporaryDirectory() as folder:
    ...     report(load(), f"{folder}/report.html", to="USD", locale="zh_CN", written="2026-11-22")
    ...     page = Path(folder, "report.html").read_text(encoding="utf-8")
    >>> load().total("USD").amount.format("zh_CN") in page
    True

    Raises what `Dataset.total` and `Dataset.check` raise, `LocaleError` for an unknown locale,
    `MissingExtraError` without the extra ``charts``, and `FileError` when the file cannot be
    written: then an old one stays as it was.
    """
    wording = words.Words.of(locale)
    day, on = (None if date_ is None else Period.of(date_) for date_ in (written, on))
    total = dataset.total(to, on=on, rates=rates, prices=prices, base=base)
    facts = content.Content.of(dataset, total, dataset.check(rates))
    page = _render(
        content=facts,
        pictures=pictures.Pictures.of(total, facts.progress, locale),
        words=wording, say=wording.say, written=day, on=on,
        title=title or wording.say("Promises of money, each counted once"), byline=byline,
        intro=[text for text in re.split(r"\n\s*\n", intro) if text.strip()],
    )  # fmt: skip
    put(named(path), page.encode())


def _render(**facts: object) -> str:
    """Fill the template, which escapes every fact."""
    jinja2 = needed("jinja2", extra="charts")
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("commonprosperity.page", ""),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    html: str = environment.get_template("page.html.jinja").render(facts)
    return html
