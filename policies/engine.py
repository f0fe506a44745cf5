"""The engine: every agreement and limit, compiled once, the same for all who ask."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from policies.alert_documents import Alert
from policies.calendar import Calendar
from policies.catalogue import Catalogue, TypeEntry
from policies.check import checked
from policies.corpus import Corpus
from policies.criteria_documents import Criteria
from policies.decision import Offer
from policies.documents import Agencies, AgencyEntry, Agreement
from policies.errors import PolicyError
from policies.risk_documents import RiskTemplate
from policies.rules import LimitRule, Rule, limit_rule, rules
from policies.terms import Term, terms
from policies.viewer import ViewerClass
from policies.vocabulary import HUB, Purpose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Engine:
    """Compiled policies; `policy_hash` names exactly this content and catalogue.

    `datasets` are those that each agency, and the hub itself, brings.
    """

    policy_hash: str
    catalogue: Catalogue
    agencies: Mapping[str, AgencyEntry]
    datasets: Mapping[str, tuple[str, ...]]
    agreements: tuple[Agreement, ...]
    alerts: tuple[Alert, ...]
    criteria: tuple[Criteria, ...]
    risk: tuple[RiskTemplate, ...]
    calendar: Calendar | None
    rules: tuple[Rule, ...]
    limits: tuple[LimitRule, ...]
    terms: Mapping[TypeEntry, tuple[Term, ...]]
    """Of the fields and of the acts of each type, the same for all viewers; the empty term comes first."""

    def purposes(self, agency: str, roles: Iterable[str], day: str) -> tuple[Purpose, ...]:
        """The purposes that such a viewer could state: some agreement that names them gives something.

        An open licence serves every purpose, and so permits none.
        """
        if agency not in self.agencies:
            return ()
        asked = frozenset(roles)
        named = {
            purpose
            for one in self.rules
            for route in one.routes
            if one.applies(day) and one.grants and route.purposes
            if any(route.reaches(agency, role) for role in asked)
            for purpose in route.purposes
        }
        return tuple(purpose for purpose in Purpose if purpose in named)

    def triage_due(self, since: str, day: str) -> str | None:
        """The moment by which criteria that apply on a day have a referral triaged; None where none of them does."""
        in_force = (one for one in self.criteria if one.applies(day))
        hours = min((one.target_hours for one in in_force), default=None)
        return None if self.calendar is None or hours is None else self.calendar.due(since, hours)

    def offers(self, viewer: ViewerClass, role: str, entry: TypeEntry, day: str) -> tuple[Offer, ...]:
        """What agreements give of an entry to one of a viewer's roles; nothing to an agency outside the partnership."""
        if viewer.agency not in self.agencies:
            return ()
        found = []
        for one in self.rules:
            owners = _owners(one, viewer, role) if one.applies(day) else frozenset()
            grants = (grant for grant in one.grants if grant.entry is entry)
            if owners:
                found += [Offer(agreement=one.agreement, owners=owners, grant=grant) for grant in grants]
        return tuple(found)

    def limits_on(self, viewer: ViewerClass, role: str) -> tuple[LimitRule, ...]:
        """The limits that do not spare one of a viewer's roles."""
        return tuple(limit for limit in self.limits if (viewer.agency, role) not in limit.spares)


def compile_engine(texts: Mapping[str, str], catalogue: Catalogue) -> Engine:
    """Compile documents by file name; raises PolicyError with every finding where there are errors."""
    documents, findings = checked(texts, catalogue)
    agencies, limits = documents.agencies, documents.limits
    if agencies is None or limits is None or any(finding.severity == "error" for finding in findings):
        raise PolicyError(findings)
    entries = MappingProxyType(dict(agencies.model.agencies))
    agreements = tuple(source.model for source in documents.agreements)
    given = tuple(one for agreement in agreements for one in rules(agreement, entries, catalogue))
    limit_rules = tuple(limit_rule(limit, catalogue) for limit in limits.model.limits)
    return Engine(
        policy_hash=_policy_hash(documents, catalogue),
        catalogue=catalogue,
        agencies=entries,
        datasets=MappingProxyType(_datasets(agencies.model)),
        agreements=agreements,
        alerts=tuple(source.model for source in documents.alerts),
        criteria=tuple(source.model for source in documents.criteria),
        risk=tuple(source.model for source in documents.risk),
        calendar=documents.calendar.model if documents.calendar is not None else None,
        rules=given,
        limits=limit_rules,
        terms=_terms(catalogue, given, limit_rules),
    )


def _datasets(partnership: Agencies) -> dict[str, tuple[str, ...]]:
    return {HUB: partnership.hub_datasets} | {code: entry.datasets for code, entry in partnership.agencies.items()}


def _owners(one: Rule, viewer: ViewerClass, role: str) -> frozenset[str]:
    owners: set[str] = set()
    for route in one.routes:
        if route.reaches(viewer.agency, role) and route.serves(viewer.purpose):
            owners |= route.owners
            owners |= {viewer.agency} if route.own else set()
    return frozenset(owners)


def _terms(
    catalogue: Catalogue, given: tuple[Rule, ...], limits: tuple[LimitRule, ...]
) -> Mapping[TypeEntry, tuple[Term, ...]]:
    entries = (*catalogue.types.values(), *catalogue.acts.values())
    return MappingProxyType({entry: terms(entry, given, limits) for entry in entries})


def _policy_hash(documents: Corpus, catalogue: Catalogue) -> str:
    types = [
        [entry.name, entry.group, [[field.name, field.data_class, field.ladder, field.group] for field in entry.fields]]
        for _, entry in sorted(catalogue.types.items())
    ]
    acts = {name: list(entry.by_name) for name, entry in catalogue.acts.items()}
    canonical = json.dumps([documents.content, types, acts], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
