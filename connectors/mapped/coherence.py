"""Whether the parts of a mapping fit together, and the places where they do not."""

from collections.abc import Iterator, Mapping

from connectors.mapped.columns import Code, Column, Listed, Plain
from connectors.mapped.ends import End, Own
from connectors.mapped.mapping import LinkShape
from connectors.mapped.mapping import Mapping as Dataset
from connectors.mapped.naming import Path
from connectors.mapped.targets import LINKS, NODES, Kind, Kinds
from graph.vocabulary import ENDS, Node
from policies.findings import unknown

Complaint = tuple[Path, str]


def complaints(dataset: Dataset) -> Iterator[Complaint]:
    """What does not fit, with the path to it."""
    marking = () if dataset.marking.column is None else ((("marking", "column"), dataset.marking.column),)
    for path, column in (*dataset.naming(), *marking):
        if column not in dataset.columns:
            yield path, unknown("column", column, dataset.columns)
    for name, node in dataset.nodes.items():
        yield from _values(dataset, ("nodes", name, "values"), node.values, NODES[node.type])
    for number, link in enumerate(dataset.links):
        yield from _link(dataset, ("links", number), link)


def _link(dataset: Dataset, at: Path, link: LinkShape) -> Iterator[Complaint]:
    if link.type not in LINKS:
        yield at, f"a mapping cannot state links of the type {link.type}, only {' or '.join(sorted(LINKS))}"
        return
    for place, end, allowed in zip(("start", "end"), (link.start, link.end), ENDS[link.type], strict=True):
        if isinstance(end, str) and end not in dataset.nodes:
            yield (*at, place), unknown("node", end, dataset.nodes)
            continue
        found = _type(dataset, end)
        if found not in allowed:
            yield (*at, place), f"{link.type} cannot have a {found} there, only {' or '.join(sorted(allowed))}"
    yield from _values(dataset, (*at, "values"), link.values, LINKS[link.type])


def _type(dataset: Dataset, end: End) -> Node:
    if isinstance(end, str):
        return dataset.nodes[end].type
    return end.own if isinstance(end, Own) else end.type


def _values(dataset: Dataset, at: Path, values: Mapping[str, str | list[str]], kinds: Kinds) -> Iterator[Complaint]:
    for name, named in values.items():
        if name not in kinds:
            yield (*at, name), unknown("property", name, kinds)
            continue
        columns = [named] if isinstance(named, str) else named
        for column in columns:
            if column not in dataset.columns:
                yield (*at, name), unknown("column", column, dataset.columns)
        known = [dataset.columns[column] for column in columns if column in dataset.columns]
        if not (
            _lists(known, kinds[name]) if isinstance(named, list) else all(_fills(one, kinds[name]) for one in known)
        ):
            yield (*at, name), f"the property {name} needs {_spoken(kinds[name])}"


def _lists(columns: list[Column], kind: Kind) -> bool:
    return kind == "list" and all(isinstance(column, Listed | Code) or column.type == "text" for column in columns)


def _fills(column: Column, kind: Kind) -> bool:
    if not isinstance(kind, str):
        return isinstance(column, Code) and set(column.codes.values()) <= {word.value for word in kind}
    if kind == "text":
        return isinstance(column, Plain | Code)
    return column.type == kind


def _spoken(kind: Kind) -> str:
    if isinstance(kind, str):
        return f"a column of the type {kind}"
    return f"a column of codes that mean {', '.join(word.value for word in kind)}"
