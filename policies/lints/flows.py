"""What can be wrong with the flows and signatures of an agreement."""

from collections.abc import Iterable, Iterator

from policies.corpus import Sourced
from policies.documents import Agreement, Flow, Party, Recipient
from policies.findings import Finding, unknown
from policies.lints.scope import Scope
from policies.rules import members, parties
from policies.texts import Path, Text
from policies.vocabulary import Purpose


def findings(scope: Scope, source: Sourced[Agreement]) -> Iterator[Finding]:
    """Parties that are not known, roles that they do not have, and signatures that are missing."""
    agreement, text = source.model, source.text
    if not agreement.flows:
        yield text.error("`flows` is empty: nobody's records go to anybody", ("flows",))
    for at, flow in enumerate(agreement.flows):
        yield from _ends(scope, text, ("flows", at), flow)
        yield from purposes(agreement, text, ("flows", at, "for"), flow.purposes)
    yield from scope.strangers(text, ("signed_by",), agreement.signed_by, scope.agencies)
    if agreement.status == "in_force":
        for code in sorted(parties(agreement, scope.agencies).difference(agreement.signed_by)):
            if code in scope.agencies:
                yield text.error(f"in force, but {code} is a party and has not signed", ("signed_by",))


def recipients(scope: Scope, text: Text, path: Path, named: Iterable[Recipient]) -> Iterator[Finding]:
    """Agencies that are not known, and roles that they do not have."""
    for recipient in named:
        if recipient.agency is not None:
            yield from scope.strangers(text, path, [recipient.agency], scope.agencies)
            yield from scope.misfits(text, path, recipient.agency, recipient.roles)
        elif recipient.type is not None:
            yield from _typed(scope, text, path, recipient)


def purposes(agreement: Agreement, text: Text, path: Path, named: Iterable[Purpose] | None) -> Iterator[Finding]:
    """What can be wrong with a `for`."""
    if named is None:
        return
    if isinstance(agreement.uses, str):
        yield text.error(f"`for` narrows a list of uses, and `uses` is `{agreement.uses}`", path)
        return
    for purpose in named:
        if purpose not in agreement.purposes:
            yield text.error(f"`uses` does not name {purpose}", path, purpose)


def _ends(scope: Scope, text: Text, path: Path, flow: Flow) -> Iterator[Finding]:
    if not flow.from_ or not flow.to:
        yield text.error("a flow needs both `from` and `to`", path)
    codes = [party.agency for party in flow.from_ if party.agency is not None]
    yield from scope.strangers(text, (*path, "from"), codes, {"own", *scope.owners()})
    yield from recipients(scope, text, (*path, "to"), flow.to)
    ends: list[Party | Recipient] = [*flow.from_, *flow.to]
    for named in ends:
        if named.type is not None and not members(named, scope.agencies):
            yield text.warning(f"no agency is of the type {named.type}", path, named.type)


def _typed(scope: Scope, text: Text, path: Path, recipient: Recipient) -> Iterator[Finding]:
    known = scope.roles(members(recipient, scope.agencies))
    for role in recipient.roles:
        if role not in known:
            yield text.error(unknown(f"role of a {recipient.type}", role, known), path, role)
