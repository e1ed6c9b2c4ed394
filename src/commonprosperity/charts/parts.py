"""``parts``: pledges that have parts, each with its parts and what they leave over."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from commonprosperity.charts.bars import Bar, Scale, Segment, draw
from commonprosperity.charts.captions import compact, dates, pledge_name, source_line
from commonprosperity.charts.look import WIDTH, Caption, check_width, empty
from commonprosperity.dataset import Dataset
from commonprosperity.errors import RecordError
from commonprosperity.messages import in_language
from commonprosperity.money import Money
from commonprosperity.records import Pledge, format_amount
from commonprosperity.sentence import Say, Sentence

if TYPE_CHECKING:
    from altair import LayerChart

Whole = tuple[Pledge, Sequence[Pledge]]


def parts(
    subject: Dataset | Pledge,
    dataset: Dataset | None = None,
    *,
    locale: str = "en",
    width: int = WIDTH,
) -> "LayerChart":
    """Draw the wholes of a selection, or one of them, with their parts and what is left over.

    Each is in its own currency: several wholes are beside an axis of shares, and one beside an axis
    of money. A pledge does not know its parts, so it is given with its dataset.

    >>> from commonprosperity.data import load
    >>> article = load()
    >>> chart = parts(article["tencent-100-billion"], article)
    >>> chart.title.text
    'What the promise consists of'

    Raises `RecordError` for a pledge without its dataset, `LocaleError` for an unknown locale, and
    `MissingExtraError` without Altair.
    """
    check_width(width)
    say = in_language(locale)
    home = subject if isinstance(subject, Dataset) else dataset
    if home is None:
        problem = Sentence(
            "is not given; a pledge does not know its parts: write parts(pledge, dataset)"
        )
        raise RecordError("dataset", dataset, problem)
    wholes: list[Whole] = [
        (whole, sorted(inside, key=_age))
        for whole, inside in home.counting.wholes()
        if isinstance(subject, Dataset) or whole.id == subject.id
    ]
    # A withdrawn whole is 0 and has no shares, so it is drawn only alone.
    shared = [pair for pair in wholes if home.counting.corrected(pair[0]).amount.amount]
    wholes = sorted(shared if len(wholes) > 1 else wholes, key=lambda pair: _age(pair[0]))
    return _draw(wholes, home, locale, say, width)


def _age(pledge: Pledge) -> tuple[Any, ...]:
    """Sort by announcement, then the largest first."""
    return pledge.announced, pledge.amount.amount.copy_negate(), pledge.id


def _draw(
    wholes: Sequence[Whole], home: Dataset, locale: str, say: Say, width: int
) -> "LayerChart":
    pledges = [pledge for whole, inside in wholes for pledge in (whole, *inside)]
    source = source_line(pledges, home, say)
    if not wholes:
        caption = Caption(say("What the promises consist of"), [], source)
        return empty(caption, say("Nothing to show: no parts are known."), width)
    title, unit = say("What the promises consist of"), say("Each whole is 100%.")
    currency = None
    if len(wholes) == 1:
        currency = wholes[0][0].amount.currency
        title = say("What the promise consists of")
        unit = say(Sentence("Amounts in {code:currency}.", code=currency))
    bars_of = _Bars(home, locale, say, shares=currency is None).of
    bars = [bar for whole in wholes for bar in bars_of(*whole)]
    labels = {"whole": say("Whole"), "part": say("Part"), "rest": say("Left over")}
    facts = [say("Name"), say("Amount"), say("As announced"), say("Announced"), say("Record")]
    caption = Caption(title, [unit], source)
    return draw(bars, Scale(currency, locale), labels, facts, caption, width)


@attrs.frozen
class _Bars:
    """Makes the bars of wholes for the readers of a locale, as shares or as money."""

    home: Dataset
    locale: str
    say: Say
    shares: bool

    def of(self, whole: Pledge, inside: Sequence[Pledge]) -> Iterator[Bar]:
        """Return the whole, each part from where the last one ends, and what is left over."""
        amount = self.home.counting.corrected(whole).amount
        at, currency = Fraction(0), amount.currency
        unit = (self.shares and Fraction(amount.amount)) or Fraction(1)
        yield self._bar(whole, amount, "whole", at, unit)
        for part in inside:
            money = part.amount_in(currency) or part.amount
            yield self._bar(part, money, "part", at, unit)
            at += Fraction(money.amount)
        left = Money(self.home.counting.lines[whole.id].amount, currency)
        if left.amount:
            # A part counts for more than itself where its own parts exceed it.
            rest = Fraction(amount.amount) - Fraction(left.amount)
            yield self._bar(whole, left, "rest", rest, unit)

    def _bar(self, pledge: Pledge, money: Money, kind: str, start: Fraction, unit: Fraction) -> Bar:
        end = start + Fraction(money.amount)
        name = self.say("Left over: in none of the known parts")
        if kind != "rest":
            of_pledge = pledge_name(pledge, self.home, self.locale, self.say)
            day = dates(pledge.announced, self.say)
            name = self.say(Sentence("{name} ({value})", name=of_pledge, value=day))
        stated = format_amount(pledge, self.locale)
        facts = [name, money.format(self.locale), stated, str(pledge.announced), pledge.id]
        label = compact(Fraction(money.amount), money.currency, self.locale)
        segment = Segment(start / unit, end / unit, kind)
        return Bar(name, label, [segment], facts, strong=kind == "whole")
