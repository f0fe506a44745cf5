"""What can be wrong with an agreement as a whole."""

from collections import Counter
from collections.abc import Iterator

from policies.corpus import Sourced
from policies.documents import Agreement
from policies.findings import Finding
from policies.lints import acts, flows, grants, validity
from policies.lints.scope import Scope


def findings(scope: Scope, sources: tuple[Sourced[Agreement], ...]) -> Iterator[Finding]:
    """Everything that can be said of each agreement, and ids that two of them have."""
    first: dict[str, str] = {}
    for source in sources:
        file = first.setdefault(source.model.id, source.text.file)
        if file != source.text.file:
            yield source.text.error(f"the id `{source.model.id}` is taken by {file}", ("id",))
        yield from _uses(source)
        in_force = source.model.status == "in_force"
        yield from validity.findings(source.text, source.model.valid, is_in_force=in_force, day=scope.day)
        yield from flows.findings(scope, source)
        yield from grants.findings(scope, source)
        yield from acts.findings(scope, source)
        yield from _ids(source)
    yield from acts.unseen(scope, sources)


def _ids(source: Sourced[Agreement]) -> Iterator[Finding]:
    shown, permitted = ([one.id for one in part] for part in (source.model.grants, source.model.may))
    for id_, count in Counter([*shown, *permitted]).items():
        if count > 1:
            part = "may" if id_ in permitted else "grants"
            yield source.text.error(f"{count} clauses of `grants` and `may` have the id `{id_}`", (part,), id_)


def _uses(source: Sourced[Agreement]) -> Iterator[Finding]:
    agreement, text = source.model, source.text
    if not agreement.uses:
        yield text.error("`uses` is empty: nobody could state a purpose", ("uses",))
    if agreement.uses == "any" and agreement.licence is None:
        message = "`uses: any` is for published data; name its `licence`, or list the uses"
        yield text.error(message, ("uses",))
    for at, flow in enumerate(agreement.flows):
        if any(recipient.everyone for recipient in flow.to) and not isinstance(agreement.uses, str):
            message = "`everyone` can only be told what is public; name the agencies and roles"
            yield text.error(message, ("flows", at, "to"))
