"""``Words``: how a page says its sentences, amounts, names and reasons to readers of a locale."""

from fractions import Fraction
from string import Formatter

import attrs

from commonprosperity.charts.captions import dates, ends
from commonprosperity.messages import in_language
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.prices import Deflator
from commonprosperity.rates import Rate
from commonprosperity.records import (
    Company,
    Initiative,
    Instrument,
    Pledge,
    Record,
    Stage,
    format_amount,
    in_two_languages,
    name_in,
)
from commonprosperity.records.labels import INSTRUMENT_NAMES, STAGE_NAMES
from commonprosperity.sentence import Bilingual, Say, Sentence, shortened
from commonprosperity.table.column import capitalized
from commonprosperity.wording import known_locale, percent, significant

_MILLION = 10**6


@attrs.frozen
class Words:
    """How a page says things: in the language of its locale, with amounts as they are there."""

    locale: str
    say: Say

    @classmethod
    def of(cls, locale: str) -> "Words":
        """Return the words for readers of a locale; raises `LocaleError` if it is unknown."""
        return cls(locale, in_language(locale))

    @property
    def language(self) -> str:
        """The language of the sentences, as HTML names it."""
        return "zh-Hans" if known_locale(self.locale).language == "zh" else "en"

    def full(self, money: Money) -> str:
        """Write an amount with every digit."""
        return money.format(self.locale)

    def short(self, money: Money) -> str:
        """Write an amount with three decimals of its unit."""
        return money.format(self.locale, "compact")

    def rounded(self, money: Money) -> str:
        """Write an amount for a table: nothing, and from a million on, short; else in full."""
        if not money.amount:
            return self.short(Money(0, money.currency))
        return self.short(money) if abs(money.amount) >= _MILLION else self.full(money)

    def in_words(self, money: Money) -> str:
        """Write an amount in words, exactly."""
        return money.format(self.locale, "words")

    def stated(self, pledge: Pledge) -> str:
        """Write what a pledge promises, with its qualifier and its range."""
        return format_amount(pledge, self.locale)

    def name(self, record: Company | Initiative) -> str:
        """Name a company or an initiative."""
        return shortened(name_in(record, self.locale), self.say)

    def text(self, record: Record, field: str) -> str:
        """Return the text of a field, in the language of the readers where the data has it."""
        text = in_two_languages(record, field)
        return "" if text is None else self.in_language(text)

    def in_language(self, text: str) -> str:
        """Return a text of the data, in Chinese where it has a Chinese form."""
        return shortened(self.say(text) if isinstance(text, Bilingual) else text, self.say)

    def stage(self, stage: Stage) -> str:
        """Say how far the money of a stage has come."""
        return self.say(STAGE_NAMES[stage])

    def instrument(self, instrument: Instrument | None) -> str:
        """Say in what money of an instrument is given."""
        return self.say(INSTRUMENT_NAMES[instrument])

    def sentence(self, text: str) -> str:
        """Say a finding or a note, with a capital letter where it begins with a word of ours.

        An id that it begins with stays as it is.
        """
        in_english = self.language == "en"
        return capitalized(text) if in_english and _begins_with_ours(text) else self.say(text)

    def converted_to(self, currency: str) -> str:
        """Write the heading of amounts in the currency of the total."""
        return self.say(Sentence("In {code:currency}", code=currency))

    def ends(self, period: Period) -> tuple[str, str]:
        """Return the two ends of a period, which are the same for a day, a month or a year."""
        return ends(period)

    def dates(self, period: Period) -> str:
        """Write a day or a longer period."""
        return dates(period, self.say)

    def severity(self, severity: str) -> str:
        """Name how much a finding weighs."""
        say = self.say
        names = {"error": say("Error"), "warning": say("Warning"), "info": say("For information")}
        return names[severity]

    def reason(self, reason: Sentence) -> str:
        """Say why an amount counts, or does not, in the page's own words."""
        say = self.say
        sentences = {
            "counted": say("Counted"),
            "left over by its parts": say("Left over by its parts"),
            "its parts count": say("Its parts count"),
            "restates {id}": say("Tells {id} again"),
            "superseded by {id}": say("Replaced by {id}"),
            "withdrawn with {id}": say("Withdrawn with {id}"),
            "counted, less its corrections": say("Counted, less its corrections"),
            "taken off {id}": say("Taken off {id}"),
            "there is nothing to take it off": say("There is nothing to take it off"),
            "drawn by {id}": say("Drawn by {id}"),
        }
        return sentences[reason.template].format(**reason.facts)

    def provider(self, rate: Rate) -> str:
        """Name who publishes a rate: in the language, where the library gives the name."""
        name = rate.provider
        return self.say(name) if isinstance(name, Sentence) else name

    def factor(self, rate: Rate | Deflator) -> str:
        """Write the factor of a rate or a deflator, with six digits."""
        return significant(rate.factor)

    def mean_of(self, rate: Rate) -> str:
        """Say which periods a rate is the mean of: one, or that in and that out."""
        periods = dict.fromkeys(self.dates(leg.on) for leg in rate.published)
        return self.say(Sentence("mean of {periods:list}", periods=[*periods]))

    def equation(self, rate: Rate) -> str:
        """Say what one unit of a currency is worth in another, with eight digits."""
        return f"1 {rate.base} = {significant(rate.factor, 8)} {rate.quote}"

    def share(self, share: Fraction) -> str:
        """Write a share in percent."""
        return f"{percent(share)}%"


def _begins_with_ours(text: str) -> bool:
    """Whether a text begins with a word of our own, and not with a fact."""
    if not isinstance(text, Sentence):
        return False
    word, fact, *_ = next(iter(Formatter().parse(text.template)))
    return bool(word) or _begins_with_ours(text.facts[fact or ""])
