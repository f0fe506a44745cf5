"""Guards and filters as Cypher."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from graph.columns import column
from graph.conditions import Alias, distance, expression, first_end
from graph.memberships import sought
from graph.patterns import first_of, pattern
from graph.plan import AllOf, AnyOf, Behind, Comparison, Guard, Operator, Term, Viewpoint, Where
from graph.vocabulary import Node

NOTHING_NAMED: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Parameters:
    """The values of a statement; each gets a name by its place, so that the text says nothing of them."""

    values: dict[str, Any] = field(default_factory=dict)
    _classes: dict[tuple[str, ...], str] = field(default_factory=dict)

    def put(self, value: Any) -> str:  # noqa: ANN401 - whatever the driver can carry
        """Keep a value and return how the statement names it."""
        name = f"p{len(self.values)}"
        self.values[name] = carried(value)
        return f"${name}"

    def put_classes(self, classes: tuple[str, ...]) -> str:
        """Keep a set of classes, once however many guards ask for it."""
        found = self._classes.get(classes)
        if found is None:
            found = self._classes[classes] = self.put(classes)
        return found


def carried(value: Any) -> Any:  # noqa: ANN401 - whatever the driver can carry
    """A value as the driver carries it: lists are lists there."""
    return list(value) if isinstance(value, tuple) else value


def seen_from(viewpoint: Viewpoint) -> dict[str, Any]:
    """The values that conditions name, as the driver carries them."""
    return {
        "agency": viewpoint.agency,
        "member": sought(viewpoint.agency),
        "wards": carried(viewpoint.wards),
        "day": viewpoint.day,
    }


def guard(
    passes: Guard, first: Node, alias: Alias, parameters: Parameters, named: Mapping[str, str] = NOTHING_NAMED
) -> str:
    """Render which classes of facts pass, of a node or of the link that `alias` names.

    `named` are the names of what the statement has worked out before.

    Terms under which no known class passes are left out: what nothing can fulfil need not be planned or evaluated.
    Several are cases, not alternatives: of those Neo4j makes conjunctions, in which each set is looked into again. The
    embedded engine lets every case through that is not compared. What lets most classes pass is asked first, and
    looked for further away where nothing nearer decides.
    """
    facts = f"{alias.link or alias.node}.facts"
    facts = named.get(facts, facts)
    cases = [(term, classes) for term, classes in zip(passes.terms, passes.sets, strict=True) if classes]
    cases.sort(key=lambda case: (max((distance(one, first) for one, _ in case[0]), default=0), -len(case[1])))
    parts = [
        " AND ".join((f"{facts} IN {parameters.put_classes(classes)}", *_literals(term, first, alias, named)))
        for term, classes in cases
    ]
    if len(parts) > 1:
        return f"(CASE {' '.join(f'WHEN {part} THEN true' for part in parts)} ELSE false END = true)"
    return f"({parts[0]})" if parts else "false"


def is_conditional(passes: Guard) -> bool:
    """Whether some class passes under a condition."""
    return any(term and classes for term, classes in zip(passes.terms, passes.sets, strict=True))


def _literals(term: Term, first: Node, alias: Alias, named: Mapping[str, str]) -> list[str]:
    """Render the conditions of a term; of an unknown one neither it nor its negation holds.

    Neo4j merges the lists of all `IN` of one value, also of one that is compared with false: only `NOT` is safe. Of a
    bare `NOT (ward IN $wards)` it takes it that there must be a ward, and so hides from those who have no wards what
    has none, and is in no area of theirs.
    """
    rendered = ((expression(condition, first, alias), wanted) for condition, wanted in term)
    known = ((named.get(one, one), wanted) for one, wanted in rendered)
    return [f"({one})" if wanted else f"coalesce(NOT ({one}), false)" for one, wanted in known]


def where(filter_: Where, node: Node, alias: Alias, parameters: Parameters) -> str:
    """Render a filter of a node, or of the link that `alias` names."""
    if isinstance(filter_, Comparison):
        return _comparison(filter_, node, alias, parameters)
    if isinstance(filter_, Behind):
        return _behind(filter_, alias, parameters)
    joint, empty = (" AND ", "true") if isinstance(filter_, AllOf) else (" OR ", "false")
    parts = [where(part, node, alias, parameters) for part in filter_.parts]
    return f"({joint.join(parts)})" if parts else empty


def is_guarded(filter_: Where) -> bool:
    """Whether all that a filter matches has passed the guard of some field, and so is visible."""
    if isinstance(filter_, AllOf):
        return any(map(is_guarded, filter_.parts))
    if isinstance(filter_, AnyOf):
        return all(map(is_guarded, filter_.parts))
    return isinstance(filter_, Comparison)


def has_passed(filter_: Where, passes: Guard) -> bool:
    """Whether all that a filter matches has passed this very guard."""
    if isinstance(filter_, AllOf):
        return any(has_passed(part, passes) for part in filter_.parts)
    if isinstance(filter_, AnyOf):
        return bool(filter_.parts) and all(has_passed(part, passes) for part in filter_.parts)
    return isinstance(filter_, Comparison) and filter_.guard == passes


def is_fixed(filter_: Where | None, column_name: str) -> bool:
    """Whether a filter asks for one value of a column."""
    if isinstance(filter_, AllOf):
        return any(is_fixed(part, column_name) for part in filter_.parts)
    if not isinstance(filter_, Comparison) or filter_.negated:
        return False
    return filter_.column == column_name and filter_.operator is Operator.EQUALS


def _comparison(compare: Comparison, node: Node, alias: Alias, parameters: Parameters) -> str:
    value = f"{alias.link}.{compare.column}" if alias.link else column(node, compare.column, alias.node)
    operand = parameters.put(compare.value)
    compared, presupposed = _COMPARED[compare.operator]
    test = compared.format(value=value, operand=operand)
    if compare.negated:
        test = f"{value} IS NOT NULL AND NOT ({test})"
    conjuncts = [test, guard(compare.guard, node, alias, parameters)]
    if presupposed:
        conjuncts.insert(0, presupposed.format(value=value))
    return f"({' AND '.join(conjuncts)})"


def _behind(behind: Behind, near: Alias, parameters: Parameters) -> str:
    if behind.unlike is None:
        return _exists(behind, behind.where, near, parameters)
    unlike = _exists(behind, behind.unlike, near, parameters)
    return f"({unlike} AND NOT {_exists(behind, behind.where, near, parameters)})"


def _exists(behind: Behind, filter_: Where, near: Alias, parameters: Parameters) -> str:
    far, edge = Alias(node=f"{near.node}b"), f"{near.node}e"
    conjuncts = (
        guard(behind.edge, first_end(behind.link), first_of(behind, near, far, edge), parameters),
        guard(behind.row, behind.target, far, parameters),
        where(filter_, behind.target, far, parameters),
    )
    return f"EXISTS {{ MATCH {pattern(behind, behind.target, near, far, edge)} WHERE {' AND '.join(conjuncts)} }}"


_WHOLE_DAY = "size({value}) = 10"
_COMPARED: dict[Operator, tuple[str, str | None]] = {
    Operator.EQUALS: ("{value} = {operand}", None),
    Operator.ONE_OF: ("{value} IN {operand}", None),
    Operator.STARTS_WITH: ("{value} STARTS WITH {operand}", None),
    Operator.AT_LEAST: ("{value} >= {operand}", None),
    Operator.AT_MOST: ("{value} <= {operand}", None),
    Operator.FROM_DAY: ("{value} >= {operand}", _WHOLE_DAY),
    Operator.UNTIL_DAY: ("{value} <= {operand}", _WHOLE_DAY),
    Operator.HOLDS: ("{operand} IN {value}", None),
    Operator.LASTS: ("({value} IS NULL OR {value} >= {operand})", None),
}
