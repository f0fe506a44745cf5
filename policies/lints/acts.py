"""What can be wrong with what an agreement lets people do."""

from collections.abc import Iterable, Iterator

from policies.corpus import Sourced
from policies.documents import Agreement, May
from policies.findings import Finding, unknown
from policies.lints import flows, whens
from policies.lints.scope import Scope
from policies.rules import acting, is_in_force, members, routes
from policies.texts import Path, Text
from policies.vocabulary import Purpose

Reached = set[tuple[str, str, Purpose]]
"""Agencies, roles and purposes."""


def findings(scope: Scope, source: Sourced[Agreement]) -> Iterator[Finding]:
    """Acts that are not known, and clauses that permit nothing to those whom they name."""
    agreement, text = source.model, source.text
    if agreement.may and isinstance(agreement.uses, str):
        yield text.error(f"nobody may act under `uses: {agreement.uses}`; list the uses", ("may",))
        return
    for at, may in enumerate(agreement.may):
        path = ("may", at)
        yield from _acts(scope, text, path, may)
        known = [may.type] if may.type in scope.catalogue.acts else []
        yield from whens.findings(scope, text, (*path, "when"), may.when, known)
        yield from whens.protections(text, (*path, "when"), may.when)
        strange = [
            *flows.recipients(scope, text, (*path, "by"), may.by or ()),
            *flows.purposes(agreement, text, (*path, "for"), may.purposes),
        ]
        yield from strange or _idle(scope, text, path, may, _reached(scope, agreement, may))


def unseen(scope: Scope, sources: Iterable[Sourced[Agreement]]) -> Iterator[Finding]:
    """Acts upon what nothing shows to those who may do them, in this agreement or in another that is in force."""
    every = tuple(sources)
    for source in every:
        showing = [one.model for one in every if one is source or is_in_force(one.model, scope.agencies)]
        for at, may in enumerate(source.model.may):
            for agency, role, purpose in sorted(_reached(scope, source.model, may)):
                if not any(_shows(scope, one, may.type, (agency, role, purpose)) for one in showing):
                    message = f"no grant shows any {may.type} to {agency}, {role}, for {purpose}, who may act on it"
                    yield source.text.warning(message, ("may", at))


def _acts(scope: Scope, text: Text, path: Path, may: May) -> Iterator[Finding]:
    if any(recipient.everyone for recipient in may.by or ()):
        yield text.error("`everyone` cannot act; name the agencies and roles", (*path, "by"))
    if not may.act:
        yield text.error("`act` names nothing", (*path, "act"))
    entry = scope.catalogue.acts.get(may.type)
    if entry is None:
        yield text.error(unknown("type to act on", may.type, scope.catalogue.acts), (*path, "type"))
        return
    for act in may.act:
        if act not in entry.by_name:
            yield text.error(unknown(f"act on a {may.type}", act, entry.by_name), (*path, "act"), act)


def _idle(scope: Scope, text: Text, path: Path, may: May, reached: Reached) -> Iterator[Finding]:
    """Whom and what for it names without any flow of the agreement that reaches them."""
    if not reached:
        yield text.error("no flow reaches those who may act, so nobody may", path)
        return
    roles = {(agency, role) for agency, role, _ in reached}
    for recipient in may.by or ():
        codes = members(recipient, scope.agencies)
        for role in recipient.roles:
            if roles.isdisjoint((code, role) for code in codes):
                message = f"no flow reaches {role} of {recipient.agency or recipient.type} for what this serves"
                yield text.error(message, (*path, "by"), role)
    for purpose in sorted({*(may.purposes or ())} - {purpose for _, _, purpose in reached}):
        yield text.error(f"no flow reaches those who may act for {purpose}", (*path, "for"), purpose)


def _reached(scope: Scope, agreement: Agreement, may: May) -> Reached:
    return {
        (agency, role, purpose)
        for route in acting(may, agreement, scope.agencies)
        for agency, role in route.recipients or ()
        for purpose in route.purposes or ()
    }


def _shows(scope: Scope, agreement: Agreement, type_name: str, who: tuple[str, str, Purpose]) -> bool:
    agency, role, purpose = who
    return any(grant.type == type_name for grant in agreement.grants) and any(
        route.reaches(agency, role) and route.serves(purpose) for route in routes(agreement, scope.agencies)
    )
