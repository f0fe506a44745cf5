"""Agreements and limits with every word resolved: what the engine decides with."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from policies.catalogue import Catalogue, TypeEntry
from policies.clauses import Clause, clauses, common
from policies.conditions import source
from policies.documents import AgencyEntry, Agreement, Flow, Grant, Limit, May, Party, Recipient
from policies.shows import granted, left, lowered, permitted
from policies.vocabulary import Protection, Purpose

Agencies = Mapping[str, AgencyEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Whose records go to whom for which purposes.

    `recipients` are (agency, role), None is every agency in any role. `purposes` None stands for any stated purpose;
    an agreement that needs no purpose has `open_door` set.
    """

    owners: frozenset[str]
    own: bool
    recipients: frozenset[tuple[str, str]] | None
    purposes: frozenset[Purpose] | None
    open_door: bool

    def reaches(self, agency: str, role: str) -> bool:
        return self.recipients is None or (agency, role) in self.recipients

    def serves(self, purpose: Purpose | None) -> bool:
        if self.open_door:
            return True
        return purpose is not None and (self.purposes is None or purpose in self.purposes)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRule:
    """The bits of an entry, of fields or of acts, that are given of records for which one of the clauses holds."""

    id: str
    entry: TypeEntry
    clauses: tuple[Clause, ...]
    bits: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LimitRule:
    """What is left of each entry, and the fields kept below their top, while a clause may hold.

    Of acts all is left or, where the whole type is taken, nothing. `named` are the protections that it speaks of.
    """

    id: str
    protective: bool
    clauses: tuple[Clause, ...]
    spares: frozenset[tuple[str, str]]
    left: Mapping[TypeEntry, int]
    lowered: frozenset[tuple[str, str]]
    named: frozenset[Protection]

    def hides(self, type_name: str, condition: str) -> bool:
        """Whether it hides what the condition is derived from."""
        return source(type_name, condition) in self.lowered


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What an agreement gives along some routes; it applies on the days from `start` to `end`."""

    agreement: str
    start: str
    end: str
    routes: tuple[Route, ...]
    grants: tuple[GrantRule, ...]

    def applies(self, day: str) -> bool:
        return self.start <= day <= self.end

    def binds(self, limit: LimitRule) -> bool:
        """Whether the limit holds for anybody to whom something is given."""
        return any(route.recipients is None or not route.recipients <= limit.spares for route in self.routes)


def rules(agreement: Agreement, agencies: Agencies, catalogue: Catalogue) -> Iterator[Rule]:
    """What an agreement gives, first what it shows; nothing where it is not in force or a party has not signed."""
    if not is_in_force(agreement, agencies):
        return
    shown = Rule(
        agreement=agreement.id,
        start=agreement.valid.from_,
        end=agreement.valid.until,
        routes=routes(agreement, agencies),
        grants=tuple(_shown(grant, catalogue.types[grant.type]) for grant in agreement.grants),
    )
    yield shown
    for may in agreement.may:
        given = (_permitted(may, catalogue.acts[may.type]),)
        yield replace(shown, routes=acting(may, agreement, agencies), grants=given)


def is_in_force(agreement: Agreement, agencies: Agencies) -> bool:
    """Whether it is marked so, and every party has signed."""
    return agreement.status == "in_force" and not parties(agreement, agencies).difference(agreement.signed_by)


def routes(agreement: Agreement, agencies: Agencies) -> tuple[Route, ...]:
    """Whose records an agreement shows to whom."""
    return tuple(_route(agreement, flow, agencies) for flow in agreement.flows)


def acting(may: May, agreement: Agreement, agencies: Agencies) -> tuple[Route, ...]:
    """The agreement's routes as far as `by` and `for` leave them."""
    by = None if may.by is None else _recipients(may.by, agencies)
    purposes = None if may.purposes is None else frozenset(may.purposes)
    return tuple(
        replace(route, recipients=common(route.recipients, by), purposes=common(route.purposes, purposes))
        for route in routes(agreement, agencies)
    )


def limit_rule(limit: Limit, catalogue: Catalogue) -> LimitRule:
    caps = {catalogue.types[name]: words for name, words in limit.caps.items()}
    whole = (catalogue.acts[name] for name, words in limit.caps.items() if words is None and name in catalogue.acts)
    alternatives = clauses(limit.when)
    return LimitRule(
        id=limit.id,
        protective=limit.protective,
        clauses=alternatives,
        spares=frozenset((agency, role) for agency, roles in limit.spares.items() for role in roles),
        left={entry: left(entry, words) for entry, words in caps.items()} | dict.fromkeys(whole, 0),
        lowered=frozenset((entry.name, field) for entry, words in caps.items() for field in lowered(entry, words)),
        named=frozenset().union(*(asked for clause in alternatives for asked in clause.protections)),
    )


def parties(agreement: Agreement, agencies: Agencies) -> frozenset[str]:
    """The agencies that must sign: all whose records flow and, unless that is everyone, all who are told."""
    found: set[str] = set()
    for flow in agreement.flows:
        found.update(*(members(party, agencies) for party in flow.from_ if party.agency not in {"hub", "own"}))
        found.update(*(members(recipient, agencies) for recipient in flow.to if not recipient.everyone))
    return frozenset(found)


def members(named: Party | Recipient, agencies: Agencies) -> frozenset[str]:
    """The codes of an agency or of all agencies of a type."""
    if named.agency is not None:
        return frozenset({named.agency})
    return frozenset(code for code, entry in agencies.items() if entry.type == named.type)


def _shown(grant: Grant, entry: TypeEntry) -> GrantRule:
    return GrantRule(id=grant.id, entry=entry, clauses=clauses(grant.when), bits=granted(entry, grant.show))


def _permitted(may: May, entry: TypeEntry) -> GrantRule:
    return GrantRule(id=may.id, entry=entry, clauses=clauses(may.when), bits=permitted(entry, may.act))


def _route(agreement: Agreement, flow: Flow, agencies: Agencies) -> Route:
    codes = [party.agency for party in flow.from_]
    owners = frozenset[str]().union(*(members(party, agencies) for party in flow.from_))
    purposes = flow.purposes if flow.purposes is not None else agreement.purposes
    return Route(
        owners=owners - {"own"},
        own="own" in codes,
        recipients=_recipients(flow.to, agencies),
        purposes=None if agreement.uses == "any" else frozenset(purposes).intersection(agreement.purposes),
        open_door=agreement.uses == "none",
    )


def _recipients(to: Iterable[Recipient], agencies: Agencies) -> frozenset[tuple[str, str]] | None:
    named = tuple(to)
    if any(recipient.everyone for recipient in named):
        return None
    return frozenset(
        (code, role) for recipient in named for code in members(recipient, agencies) for role in recipient.roles
    )
