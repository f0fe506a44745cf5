"""Agreements and limits with every word resolved: what the engine decides with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policies.catalogue import Catalogue
from policies.clauses import Clause, clauses
from policies.conditions import source
from policies.documents import AgencyEntry, Agreement, Flow, Limit, Party, Recipient
from policies.shows import granted, left, lowered
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
    """The bits that are given to records of one type for which one of the clauses holds."""

    id: str
    type: str
    clauses: tuple[Clause, ...]
    bits: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LimitRule:
    """What is left of each type, and the fields kept below their top, while a clause may hold.

    `named` are the protections that it speaks of.
    """

    id: str
    protective: bool
    clauses: tuple[Clause, ...]
    spares: frozenset[tuple[str, str]]
    left: Mapping[str, int]
    lowered: frozenset[tuple[str, str]]
    named: frozenset[Protection]

    def hides(self, type_name: str, condition: str) -> bool:
        """Whether it hides what the condition is derived from."""
        return source(type_name, condition) in self.lowered


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One agreement; it applies on the days from `start` to `end`."""

    agreement: str
    start: str
    end: str
    routes: tuple[Route, ...]
    grants: tuple[GrantRule, ...]

    def applies(self, day: str) -> bool:
        return self.start <= day <= self.end

    def binds(self, limit: LimitRule) -> bool:
        """Whether the limit holds for anybody whom the agreement tells something."""
        return any(route.recipients is None or not route.recipients <= limit.spares for route in self.routes)


def rule(agreement: Agreement, agencies: Agencies, catalogue: Catalogue) -> Rule | None:
    """What an agreement gives; None where it is not in force or a party has not signed."""
    unsigned = parties(agreement, agencies).difference(agreement.signed_by)
    if agreement.status != "in_force" or unsigned:
        return None
    return Rule(
        agreement=agreement.id,
        start=agreement.valid.from_,
        end=agreement.valid.until,
        routes=tuple(_route(agreement, flow, agencies) for flow in agreement.flows),
        grants=tuple(
            GrantRule(
                id=grant.id,
                type=grant.type,
                clauses=clauses(grant.when),
                bits=granted(catalogue.types[grant.type], grant.show),
            )
            for grant in agreement.grants
        ),
    )


def limit_rule(limit: Limit, catalogue: Catalogue) -> LimitRule:
    caps = {catalogue.types[name]: words for name, words in limit.caps.items()}
    alternatives = clauses(limit.when)
    return LimitRule(
        id=limit.id,
        protective=limit.protective,
        clauses=alternatives,
        spares=frozenset((agency, role) for agency, roles in limit.spares.items() for role in roles),
        left={entry.name: left(entry, words) for entry, words in caps.items()},
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
