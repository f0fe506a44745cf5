"""What can be wrong with a `when`."""

from collections.abc import Iterable, Iterator

from policies.clauses import clauses, conditions
from policies.conditions import CASE_ROLES, FACTS, ROLE, is_defined
from policies.documents import When
from policies.findings import Finding, unknown
from policies.lints.scope import Scope
from policies.texts import Path, Text


def findings(scope: Scope, text: Text, path: Path, when: When, types: Iterable[str]) -> Iterator[Finding]:
    """Facts that are missing, contradict each other, or are not known of the types (those of the catalogue)."""
    yield from _alternatives(scope, text, path, when)
    for type_name in types:
        for condition in sorted(conditions(when)):
            if not is_defined(type_name, condition):
                word = "role" if condition.startswith(ROLE) else condition
                valid = [fact for fact in (*FACTS, f"{ROLE}") if is_defined(type_name, fact)]
                known = ", ".join(fact.removesuffix(":") for fact in valid) or "none"
                message = f"`{word}` is not defined for {type_name}; its conditions: {known}"
                yield text.error(message, path, word)


def protections(text: Text, path: Path, when: When) -> Iterator[Finding]:
    """That only a limit can depend on protections."""
    if any(clause.protections for clause in clauses(when)):
        message = "nothing can be given depending on `protections`: what is given would tell the marking; write a limit"
        yield text.error(message, path, "protections")


def _alternatives(scope: Scope, text: Text, path: Path, when: When) -> Iterator[Finding]:
    facts = when.model_fields_set - {"unconditional", "any_of"}
    if when.unconditional and (facts or when.any_of):
        yield text.error("`unconditional` stands alone: it holds whatever else is written", path, "unconditional")
    if not (when.unconditional or facts or when.any_of):
        yield text.error("`when` is empty; a grant for every record must say `unconditional: true`", path)
    for fact in sorted(facts):
        if not getattr(when, fact):
            yield text.error(f"`{fact}` names nothing", (*path, fact))
    if when.consent:
        yield text.error("`consent` cannot be asked for yet: consent is not stored", path, "consent")
    yield from _words(scope, text, path, when)
    for at, alternative in enumerate(when.any_of):
        if alternative.unconditional:
            yield text.error("`unconditional` makes the other alternatives idle", (*path, "any_of", at))
        yield from _alternatives(scope, text, (*path, "any_of", at), alternative)


def _words(scope: Scope, text: Text, path: Path, when: When) -> Iterator[Finding]:
    yield from scope.strangers(text, (*path, "owner"), when.owner, scope.owners())
    yield from scope.unheard(text, (*path, "dataset"), when.dataset)
    for role in when.role:
        if role not in CASE_ROLES:
            yield text.error(unknown("role in a case", role, CASE_ROLES), (*path, "role"), role)
