"""What can be wrong with limits."""

from collections import Counter
from collections.abc import Iterator

from policies.clauses import clauses
from policies.corpus import Sourced
from policies.documents import Limit, Limits
from policies.findings import Finding, unknown
from policies.lints import whens
from policies.lints.scope import Scope
from policies.shows import left, levels
from policies.texts import Path, Text
from policies.vocabulary import AgencyType, Protection


def findings(scope: Scope, source: Sourced[Limits]) -> Iterator[Finding]:
    """Limits that are not known in all their words, or that hide one half of a fact."""
    for id_, count in Counter(limit.id for limit in source.model.limits).items():
        if count > 1:
            yield source.text.error(f"{count} limits have the id `{id_}`", ("limits",), id_)
    for at, limit in enumerate(source.model.limits):
        path = ("limits", at)
        known = [name for name in limit.caps if name in scope.catalogue.types]
        yield from whens.findings(scope, source.text, (*path, "when"), limit.when, known)
        yield from _protective(source.text, path, limit)
        yield from _spares(scope, source.text, (*path, "spares"), limit)
        yield from _caps(scope, source.text, (*path, "caps"), limit)
        yield from _halved(scope, source.text, (*path, "caps"), limit)
    yield from _schools(scope, source)


def _protective(text: Text, path: Path, limit: Limit) -> Iterator[Finding]:
    if limit.protective and not all(clause.protections for clause in clauses(limit.when)):
        yield text.error("a protective limit hangs on `protections`; name them in its `when`", (*path, "when"))


def _spares(scope: Scope, text: Text, path: Path, limit: Limit) -> Iterator[Finding]:
    for agency, roles in limit.spares.items():
        yield from scope.strangers(text, path, [agency], scope.agencies)
        yield from scope.misfits(text, (*path, agency), agency, roles)


def _schools(scope: Scope, source: Sourced[Limits]) -> Iterator[Finding]:
    """Schools that would tell where a pupil in a refuge is by the fact alone that they know the child."""
    clauses_of = [(limit, clause) for limit in source.model.limits for clause in clauses(limit.when)]
    refuge = [(limit, clause) for limit, clause in clauses_of if frozenset({Protection.REFUGE}) in clause.protections]
    hidden = {
        owner
        for limit, clause in refuge
        for owner in (clause.owners or scope.agencies)
        if limit.protective and "Person" in limit.caps and limit.caps["Person"] is None and not clause.conditions
    }
    for code, agency in scope.agencies.items():
        if refuge and agency.type is AgencyType.SCHOOL and code not in hidden:
            yield source.text.warning(
                f"no limit hides that the school `{code}` knows somebody in a refuge, which tells where they are; "
                f"add one with `when: {{protections: refuge, owner: {code}}}` and `Person: nothing`",
                ("limits",),
            )


def _caps(scope: Scope, text: Text, path: Path, limit: Limit) -> Iterator[Finding]:
    if not limit.caps:
        yield text.error("`caps` is empty: the limit takes nothing away", path)
    for name, words in limit.caps.items():
        entry = scope.catalogue.types.get(name)
        if entry is None:
            yield text.error(unknown("type", name, scope.catalogue.types), path, name)
        elif words is not None:
            for word, message in levels(entry, words).problems:
                yield text.error(message, (*path, name), word)


def _halved(scope: Scope, text: Text, path: Path, limit: Limit) -> Iterator[Finding]:
    """A fact that is told by several fields and links is hidden everywhere, or it is not hidden."""
    hidden: dict[str, list[str]] = {}
    told: dict[str, list[str]] = {}
    for name, entry in scope.catalogue.types.items():
        mask = left(entry, limit.caps[name]) if name in limit.caps else entry.full
        if entry.group:
            (told if mask else hidden).setdefault(entry.group, []).append(name)
        for field in entry.fields:
            if field.group:
                (told if entry.rung(mask, field.name) else hidden).setdefault(field.group, []).append(
                    f"{name}.{field.name}"
                )
    for group in sorted(hidden.keys() & told.keys()):
        message = f"`{hidden[group][0]}` is hidden but `{told[group][0]}`, which tells the same fact, is not"
        yield text.error(f"{message}; hide all of `{group}`", path, hidden[group][0].split(".")[0])
