"""Finds the amounts of a text, with the grammar that reads one amount alone."""

from collections.abc import Iterator

from commonprosperity.errors import CommonProsperityError
from commonprosperity.mentions.bounds import may_begin, may_end
from commonprosperity.mentions.candidate import Candidate, is_chinese
from commonprosperity.mentions.context import is_no_money, is_rate_quoted
from commonprosperity.wording.reading import Meanings, UncertainAmount, read_tokens
from commonprosperity.wording.runs import Run, Words
from commonprosperity.wording.terms import TokenKind
from commonprosperity.wording.tokens import in_script

_TOKENS_AT_MOST = 24  # of an amount, such as two hundred and fifty-nine thousand, nine hundred ...
_TRIES = 8  # ends that are tried from one place


def candidates(words: Words, meanings: Meanings) -> Iterator[Candidate]:
    """Yield the amounts of a text, in its order; none overlaps another."""
    last: Candidate | None = None
    for one in filter(lambda one: not is_no_money(one), _readable(words, meanings)):
        if last and is_rate_quoted(last, one):
            last = None
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _readable(words: Words, meanings: Meanings) -> Iterator[Candidate]:
    """Yield everything that reads as an amount, money or not."""
    at = 0
    while run := words.run_from(at):
        at = run.resume
        for one in _of_run(words, meanings, run):
            at = max(at, one.end)
            yield one


def _of_run(words: Words, meanings: Meanings, run: Run) -> Iterator[Candidate]:
    """Yield everything in a run that reads as an amount, money or not."""
    first, count = 0, len(run.tokens)
    names = _next_names(run) if meanings.default is None else [0] * count
    while first < count and names[first] < first + _TOKENS_AT_MOST:
        longest = _longest(Candidate(words, meanings, run, first, _farthest(run, first)))
        if longest:
            yield longest
        first = longest.stop if longest else first + 1


def _next_names(run: Run) -> list[int]:
    """Return for each token where the next one is that names a currency; none is far away."""
    following, places = len(run.tokens) + _TOKENS_AT_MOST, []
    for at in reversed(range(len(run.tokens))):
        if run.tokens[at].of(TokenKind.NAME) or run.tokens[at].of(TokenKind.SUBUNIT):
            following = at
        places.append(following)
    return places[::-1]


def _longest(one: Candidate) -> Candidate | None:
    """Return the longest amount that begins where a candidate does, if one does."""
    if not may_begin(one):
        return None
    for _ in range(_TRIES):
        stop = one.stop - 1
        if may_end(one):
            try:
                reading = _read(one)
            except CommonProsperityError as error:
                stop = _before(one, getattr(error, "at", None))
            else:
                if reading.currencies:
                    return one.at(one.first, one.stop, reading)
        if stop <= one.first:
            return None
        one = one.at(one.first, stop)
    return None


def _read(one: Candidate) -> UncertainAmount:
    in_its_script = in_script(one.tokens, one.text)
    return read_tokens(one.words.characters.narrow, in_its_script, one.meanings)


def _farthest(run: Run, first: int) -> int:
    """Return where an amount must have ended: in front of a number that no range leads to."""
    stop = min(len(run.tokens), first + _TOKENS_AT_MOST)
    # "$5 to $10" may be a range; "$5 $10" ends before the 10, whose $ is given back later.
    is_number = False
    for at in range(first, stop):
        token = run.tokens[at]
        if token.of(TokenKind.NUMBER):
            if is_number and not is_chinese(run.tokens[at - 1].text[-1]):
                return at
            is_number = True
        elif token.of(TokenKind.TO) or token.of(TokenKind.AND):
            is_number = False
    return stop


def _before(one: Candidate, at: int | None) -> int:
    """Return where an amount may stop that the grammar did not read: in front of its refusal.

    The grammar reads "5 million yuan" and stops at "to" or behind it in "5 million yuan to".
    """
    refused = [place for place, token in enumerate(one.run.tokens) if token.at == at]
    return min(refused[0] if refused else one.stop, one.stop - 1)
