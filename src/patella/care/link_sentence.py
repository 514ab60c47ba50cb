"""The plain sentence of a link: what went with what, by how much, how sure, and from how many mornings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patella.care.factor import Factor, Unit
from patella.care.insight import Insight, Link, Waiting
from patella.care.resample import LAGS
from patella.care.units import METRIC, Distance, Units
from patella.motion.definition import DefinitionError, Table

FAR_STEPS = {Distance.KM: 5, Distance.MI: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWords:
    """The sentences of `links.toml`; `when` is by lag, `names` and `what` are by factor."""

    finding: str
    caution: str
    nothing: str
    not_enough: str
    not_enough_one: str
    waiting: str
    waiting_one: str
    higher: str
    lower: str
    when: tuple[str, ...]
    names: Mapping[Factor, str]
    what: Mapping[Factor, str]


def parse_link_words(values: Mapping[str, object]) -> LinkWords:
    """The words of the parsed `links.toml`. Raises DefinitionError with the key and a sentence."""
    table = Table(values)
    words = LinkWords(
        finding=_template(table, "finding", "when", "size", "way", "what", "low", "high", "mornings"),
        caution=table.text("caution"),
        nothing=_template(table, "nothing", "mornings"),
        not_enough=_template(table, "not_enough", "more"),
        not_enough_one=table.text("not_enough_one"),
        waiting=_template(table, "waiting", "name", "more"),
        waiting_one=_template(table, "waiting_one", "name"),
        higher=table.text("higher"),
        lower=table.text("lower"),
        when=table.texts("when"),
        names=_by_factor(table.table("names")),
        what=_by_factor(table.table("what")),
    )
    table.done()
    if len(words.when) != LAGS:
        raise DefinitionError("when", f"must have {LAGS} lines, one for each morning that is looked at.")
    return words


def _template(table: Table, key: str, *parts: str) -> str:
    """A text in which these parts, in braces, are filled in."""
    text = table.text(key)
    try:
        text.format(**dict.fromkeys(parts, ""))
    except (KeyError, IndexError, ValueError):
        named = ", ".join(f"{{{p}}}" for p in parts)
        raise DefinitionError(table.path(key), f"may have nothing in braces but {named}.") from None
    return text


def _by_factor(table: Table) -> dict[Factor, str]:
    found = {f: _template(table, f.value, "which") for f in Factor}
    table.done()
    return found


def name_of(which: Link | Waiting, words: LinkWords, names: Mapping[str, str]) -> str:
    """What a factor is called; `names` has the words for shoes and surfaces by their id."""
    return words.names[which.factor].format(which=_which(which, names))


def tell(link: Link, words: LinkWords, names: Mapping[str, str], units: Units = METRIC) -> str:
    """One link in one sentence; the size and its interval are told in the direction of the effect.

    Of distance, they are told for each 5 km or each 3 miles.
    """
    up, part = link.effect >= 0, 1.0
    which = _which(link, names)
    if link.factor.unit is Unit.KM:
        step = FAR_STEPS[units.distance]
        which, part = units.far(step * units.distance.metres), step * units.distance.metres / (1000 * link.step)
    low, high = (part * link.low, part * link.high) if up else (-part * link.high, -part * link.low)
    return words.finding.format(
        when=words.when[link.lag_days],
        size=f"{abs(part * link.effect):.1f}",
        way=words.higher if up else words.lower,
        what=words.what[link.factor].format(which=which),
        low=f"{low:.1f}",
        high=f"{high:.1f}",
        mornings=link.mornings,
    )


def tell_all(insight: Insight, words: LinkWords, names: Mapping[str, str], units: Units = METRIC) -> tuple[str, ...]:
    """The sentences of a look: its findings, or why there are none."""
    if insight.more_mornings:
        one = insight.more_mornings == 1
        return (words.not_enough_one if one else words.not_enough.format(more=insight.more_mornings),)
    if not insight.findings:
        return (words.nothing.format(mornings=insight.mornings),)
    return tuple(tell(f, words, names, units) for f in insight.findings)


def tell_waiting(waiting: Waiting, words: LinkWords, names: Mapping[str, str]) -> str:
    """How long a factor has to wait before it can be looked at."""
    sentence = words.waiting_one if waiting.more_days == 1 else words.waiting
    return sentence.format(name=name_of(waiting, words, names), more=waiting.more_days)


def _which(of: Link | Waiting, names: Mapping[str, str]) -> str:
    return names.get(of.which, of.which) if of.which is not None else ""
