"""What can be wrong with the grants of an agreement."""

from collections.abc import Iterator, Mapping

from policies.catalogue import TypeEntry
from policies.corpus import Sourced
from policies.documents import Agreement, Grant
from policies.findings import Finding, unknown
from policies.lints import whens
from policies.lints.scope import Scope
from policies.shows import levels
from policies.texts import Path, Text
from policies.vocabulary import DataClass

_PUBLIC = frozenset(
    {"Agency", "Team", "HAS_TEAM", "Ward", "Lsoa", "Establishment", "School", "Incident", "SUCCEEDS", "Agreement"}
)


def findings(scope: Scope, source: Sourced[Agreement]) -> Iterator[Finding]:
    """Grants of what is not known, or whose parts belie each other."""
    agreement, text = source.model, source.text
    if not (agreement.grants or agreement.may):
        yield text.error("`grants` is empty: the agreement gives nothing", ("grants",))
    for at, grant in enumerate(agreement.grants):
        yield from _grant(scope, text, ("grants", at), grant)
        entry = scope.catalogue.types.get(grant.type)
        if entry is not None:
            yield from _lawful(agreement, text, ("grants", at), grant, entry)


def _grant(scope: Scope, text: Text, path: Path, grant: Grant) -> Iterator[Finding]:
    entry = scope.catalogue.types.get(grant.type)
    if entry is None:
        yield text.error(unknown("type", grant.type, scope.catalogue.types), (*path, "type"))
    types = () if entry is None else (grant.type,)
    yield from whens.findings(scope, text, (*path, "when"), grant.when, types)
    yield from whens.protections(text, (*path, "when"), grant.when)
    if entry is not None:
        shown = levels(entry, grant.show)
        for word, message in shown.problems:
            yield text.error(message, (*path, "show"), word)
        yield from _halved(text, (*path, "show"), entry, shown.rungs)


def _halved(text: Text, path: Path, entry: TypeEntry, rungs: Mapping[str, int]) -> Iterator[Finding]:
    """Fields of a group that are held back while another, which tells the same fact, is shown to its top."""
    for group in sorted({field.group for field in entry.fields if field.group}):
        members = entry.members(group)
        told = [field.name for field in members if rungs.get(field.name, 0) == len(field.ladder)]
        held = [field.name for field in members if field.name not in told]
        if told and held:
            message = f"`{told[0]}` is shown in full but `{held[0]}`, which tells the same fact, is not"
            yield text.error(f"{message}; write `{group}`", path, told[0])


def _lawful(agreement: Agreement, text: Text, path: Path, grant: Grant, entry: TypeEntry) -> Iterator[Finding]:
    """Whether the agreement's uses allow what a grant shows."""
    shown = [entry.by_name[name] for name, rung in levels(entry, grant.show).rungs.items() if rung]
    if agreement.uses == "none":
        if grant.type not in _PUBLIC:
            yield text.error(f"{grant.type} cannot be shown without a purpose (`uses: none`)", (*path, "type"))
        for field in shown:
            if field.data_class != DataClass.NON_PERSONAL:
                message = f"`{field.name}` is {field.data_class} and cannot be shown without a purpose"
                yield text.error(message, (*path, "show"), field.name)
    elif agreement.uses == "any":
        if not grant.when.dataset:
            yield text.error("under an open licence each grant names its `dataset`", (*path, "when"))
    elif any(use.article9 is None for use in agreement.uses):
        for field in shown:
            if field.data_class == DataClass.SPECIAL_CATEGORY:
                message = f"`{field.name}` is SPECIAL_CATEGORY: each of the uses must name its `article9`"
                yield text.error(message, (*path, "show"), field.name)
