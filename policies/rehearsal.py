"""Rules for alerts, rehearsed: who would be alerted of what a scenario says that there is, were the rule in force."""

from collections.abc import Iterator
from dataclasses import dataclass

from policies.alert_documents import NOBODY, Alert, Situation, Tried
from policies.engine import Engine
from policies.recipients import Recipients
from policies.vocabulary import Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What a scenario supposes, as a pattern finds it."""

    tie: Tie
    school: str
    lead: str
    protections: tuple[str, ...]
    relatives: frozenset[str]


def differences(engine: Engine, rule: Alert, tried: Tried) -> Iterator[str]:
    """What comes of a scenario instead of what it expects."""
    alerted = _alerted(engine, rule, tried)
    if alerted != tried.alerted:
        yield f"alerted: expected {tried.alerted}, is {alerted}"


def _alerted(engine: Engine, rule: Alert, tried: Tried) -> str:
    change = tried.change
    is_woken = any(rule.trigger.wakes(origin, change.causes) for origin in change.by)
    if not (rule.holds(tried.day) and is_woken and rule.pattern.fits(tried.found)):
        return NOBODY
    return Recipients(engine=engine, day=tried.day).first(rule, _supposed(engine, tried.found)) or NOBODY


def _supposed(engine: Engine, found: Situation) -> Supposed:
    school = engine.agencies[found.school].urn if found.school is not None else None
    return Supposed(
        tie=found.tie,
        school=school or "",
        lead=found.lead,
        protections=tuple(found.protections),
        relatives=frozenset(engine.agencies[code].contact.email.casefold() for code in found.related),
    )
