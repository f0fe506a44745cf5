"""Operations made up from the contract itself: whatever a client could ask, and some of what none may."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from graph.vocabulary import PERSON_PREFIX, Node
from resolvers.shapes import SINGLES

DEPTH = 5
OWN = {
    name: f"{PERSON_PREFIX if node is Node.PERSON else node.prefix}{at}"
    for at, (name, node) in enumerate(SINGLES.items())
} | {"agreement": "agr_asb-panel"}
IDENTS = (*OWN.values(), "per_1", "rec_3", "nothing_0")
LEADING = frozenset({"edges", "node", "timeline"})
"""Fields that lead on to much that few operations would come to by chance; no type has two of them."""
ENTITIES = (("Person", "id"), ("Premises", "id"), ("Ward", "code"), ("Agency", "code"), ("Case", "id"))
NARROW = (
    '{familyName: {eq: "Ash"}}',
    '{ward: {in: ["E05013808"]}, gender: {eq: MALE}}',
    '{phone: {eq: "+447700900001"}}',
)
DAYS = ("2026-11-02", "2026-11-24")
WORDS = ("Ash", "E05013808", "1987", "1987-03-12", "")
_INTROSPECTION = ("__typename", "__schema { queryType { name } }", '__type(name: "Gender") { enumValues { name } }')
Broken = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An operation with what goes with it, the kinds of thing that occur in it, and its root fields by response key."""

    query: str
    variables: Mapping[str, Any]
    name: str | None
    kinds: frozenset[str]
    roots: Mapping[str, str]


def roots_of(schema: GraphQLSchema) -> frozenset[str]:
    """The root fields that are read; the contract itself is not."""
    query = schema.query_type
    assert query is not None
    return frozenset(query.fields) - {"_service"}


@dataclass(slots=True)
class Writer:
    """Writes one operation."""

    schema: GraphQLSchema
    chance: Random
    kinds: Counter[str] = field(default_factory=Counter)
    definitions: dict[str, str] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)

    def made(self) -> Made:
        """Write it down."""
        query = self.schema.query_type
        assert query is not None
        names = self._some(sorted(roots_of(self.schema)), 1, 2)
        roots = [self._field(query, name, 0) for name in names]
        if self._maybe(0.12):
            roots.append(self._kind("introspection", self.chance.choice(_INTROSPECTION)))
        body = self._wrapped(query, roots, 0)
        head = f"({', '.join(self.definitions.values())})" if self.definitions else ""
        documents = [f"query Q{head} {body}", *self.fragments]
        name = self.chance.choice((None, "Q"))
        if self._maybe(0.05):
            documents.append(self._kind("several operations", "query Other { me { subject } }"))
            name = self.chance.choice((None, "Q", "Other", "Nobody"))
        self.chance.shuffle(documents)
        text = self._broken("\n".join(documents)) if self._maybe(0.06) else "\n".join(documents)
        kinds = frozenset(self.kinds)
        return Made(query=text, variables=self.variables, name=name, kinds=kinds, roots=self.roots)

    def _selection(self, type_: GraphQLNamedType, depth: int) -> str:
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            names = [
                name for name, one in type_.fields.items() if depth < DEPTH or is_leaf_type(get_named_type(one.type))
            ]
            chosen = self._some(sorted(names), 1, 3)
            chosen += [name for name in LEADING.intersection(names).difference(chosen) if self._maybe(0.5)]
            fields = [self._field(type_, name, depth) for name in chosen]
        else:
            fields = []
        if not fields or self._maybe(0.25):
            fields.append(self._kind("typename", "__typename"))
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            possible = sorted(one.name for one in self.schema.get_possible_types(type_))
            for name in self._some(possible, 1, 3):
                inner = self._selection(self.schema.type_map[name], depth + 1)
                fields.append(self._kind("fragment on a type of an interface or union", f"... on {name} {inner}"))
        return self._wrapped(type_, fields, depth)

    def _wrapped(self, type_: GraphQLNamedType, fields: list[str], depth: int) -> str:
        """Put some fields into fragments: inline, named, nested, under conditions, or on an interface."""
        if self._maybe(0.15) and not isinstance(type_, GraphQLUnionType):
            fields.append(self._kind("field twice", self.chance.choice(fields)))
        if self._maybe(0.2):
            at = self.chance.randrange(len(fields))
            fields[at] = self._kind("inline fragment", f"... {self._condition()} {{ {fields[at]} }}")
        if self._maybe(0.15):
            at = self.chance.randrange(len(fields))
            name = f"F{len(self.fragments)}"
            self.fragments.append(f"fragment {name} on {type_.name} {{ {fields[at]} }}")
            fields[at] = self._kind("named fragment", f"...{name} {self._condition()}")
        if isinstance(type_, GraphQLObjectType) and type_.interfaces and self._maybe(0.15):
            above = self.chance.choice(type_.interfaces)
            leaves = [name for name, one in above.fields.items() if is_leaf_type(get_named_type(one.type))]
            inner = self._field(above, self.chance.choice(sorted(leaves)), depth)
            fields.append(self._kind("fragment on an interface of the type", f"... on {above.name} {{ {inner} }}"))
        return f"{{ {' '.join(fields)} }}"

    def _field(self, type_: GraphQLNamedType, name: str, depth: int) -> str:
        assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        definition = type_.fields[name]
        arguments = self._arguments(name, definition, depth)
        named = get_named_type(definition.type)
        below = "" if is_leaf_type(named) else self._selection(named, depth + 1)
        key = name
        if self.taken.setdefault(
            name, f"{definition.type} {arguments}"
        ) != f"{definition.type} {arguments}" or self._maybe(0.15):
            key = f"k{len(self.taken)}"
            self.taken[key] = ""
            self.kinds["alias"] += 1
        if type_ is self.schema.query_type:
            self.roots[key] = name
        return f"{'' if key == name else key + ': '}{name}{arguments} {self._condition()} {below}"

    def _condition(self) -> str:
        if not self._maybe(0.12):
            return ""
        directive = self.chance.choice(("skip", "include"))
        truth = self.chance.choice(("true", "false", None))
        if truth is None:
            return self._kind(
                "condition by a variable", f"@{directive}(if: {self._variable('Boolean!', self._maybe(0.5))})"
            )
        return self._kind("condition", f"@{directive}(if: {truth})")

    def _arguments(self, name: str, definition: GraphQLField, depth: int) -> str:
        written = []
        for argument, one in definition.args.items():
            if is_required_argument(one) or self._maybe(0.25):
                written.append(f"{argument}: {self._argument(name, argument, one)}")
        if written and depth:
            self.kinds["nested arguments"] += 1
        return f"({', '.join(written)})" if written else ""

    def _argument(self, name: str, argument: str, one: GraphQLArgument) -> str:
        if argument == "representations":
            return self._representations()
        if argument == "after":
            return self._kind("cursor", self.chance.choice(("null", "null", "null", '"forged"')))
        if name == "people" and argument == "filter":
            return self._narrow()
        if argument == "id" and name in OWN and self._maybe(0.9):
            value, plain = f'"{OWN[name]}"', OWN[name]
        else:
            value, plain = self._value(one.type, _TOP)
        if plain is not _UNWRITTEN and self._maybe(0.3):
            kind = "variable of an input" if isinstance(plain, dict) else "variable"
            return self._kind(kind, self._variable(str(one.type), plain))
        return value

    def _narrow(self) -> str:
        if self._maybe(0.3):
            word = self._variable("String!", self.chance.choice(WORDS))
            if self._maybe(0.3):
                whole = {"familyName": {"eq": self.chance.choice(WORDS)}, "ward": {"in": ["E05013808"]}}
                return self._kind("variable of an input", self._variable("PersonFilter!", whole))
            compared = f"{self.chance.choice(('familyName', 'ward'))}: {{eq: {word}}}"
            return self._kind("variable in an argument", f"{{{compared}}}")
        return self.chance.choice(NARROW) if self._maybe(0.95) else "{}"

    def _representations(self) -> str:
        if self._maybe(0.3):
            ident = self._variable("ID!", self.chance.choice(IDENTS))
            return self._kind("variable in a free value", f'[{{__typename: "Person", id: {ident}}}]')
        return self._variable("[_Any!]!", [self._representation() for _ in range(self.chance.randint(1, 3))])

    def _representation(self) -> Any:  # noqa: ANN401 - what a gateway could send
        typename, key = self.chance.choice(ENTITIES)
        prefix = {"Person": "per_", "Premises": "pre_", "Case": "case_"}.get(typename, "E0501")
        whole = {"__typename": typename, key: f"{prefix}{self.chance.randint(1, 3)}"}
        return whole if self._maybe(0.97) else self.chance.choice(({}, {"__typename": "Nothing"}, 5))

    def _value(self, type_: Any, depth: int) -> tuple[str, Any]:  # noqa: ANN401, PLR0911 - one return a kind of type
        """Write a value down, and give it as a variable would hold it."""
        if isinstance(type_, GraphQLNonNull):
            return self._value(type_.of_type, depth)
        if isinstance(type_, GraphQLList):
            below = min(depth, _TOP - 1)
            found = [self._value(type_.of_type, below) for _ in range(self.chance.randint(0, 2))]
            plain = [one for _, one in found]
            return f"[{', '.join(text for text, _ in found)}]", _UNWRITTEN if _UNWRITTEN in plain else plain
        if isinstance(type_, GraphQLInputObjectType):
            names = self._some(sorted(type_.fields), 0, 2) if depth else []
            parts = {name: self._value(type_.fields[name].type, depth - 1) for name in names}
            whole = {name: one for name, (_, one) in parts.items()}
            text = ", ".join(f"{name}: {one}" for name, (one, _) in parts.items())
            return f"{{{text}}}", _UNWRITTEN if _UNWRITTEN in whole.values() else whole
        if isinstance(type_, GraphQLEnumType):
            word = self.chance.choice(sorted(type_.values))
            return word, word
        if type_.name == "Int":
            number = self.chance.choice((1, 2, 2, 3, 3)) if self._maybe(0.98) else self.chance.choice((0, -1, 1001))
            return str(number), number
        if type_.name == "Boolean":
            return "true", True
        if type_.name == "Date" and self._maybe(0.9):
            day = self.chance.choice(DAYS)
            return f'"{day}"', day
        word = self.chance.choice(IDENTS if type_.name == "ID" else WORDS)
        if depth < _TOP and self._maybe(0.3):
            return self._kind("variable in an argument", self._variable(f"{type_.name}!", word)), _UNWRITTEN
        return f'"{word}"', word

    def _variable(self, type_: str, value: Any) -> str:  # noqa: ANN401 - whatever it holds
        name = f"v{len(self.definitions)}"
        default = ""
        if type_ in {"Int!", "Boolean!"} and self._maybe(0.3):
            default = self._kind("default of a variable", f" = {str(value).lower()}")
        self.definitions[name] = f"${name}: {type_}{default}"
        if (default and self._maybe(0.6)) or self._maybe(0.02):
            self.kinds["variable left out"] += 1
        else:
            self.variables[name] = value if self._maybe(0.98) else self.chance.choice((None, "odd", 5, []))
        return f"${name}"

    def _broken(self, text: str) -> str:
        breaking: Broken = self.chance.choice(
            (
                lambda one: one[:-1],
                lambda one: one.replace("{", "{ nonsense ", 1),
                lambda one: one + " { me { subject } }",
                lambda one: one.replace("query Q", "mutation Q"),
                lambda one: one.replace("(first", "(furst", 1),
                lambda one: one + " fragment Unused on Person { id }",
                lambda _: "",
            )
        )
        return self._kind("broken", breaking(text))

    def _some(self, names: list[str], least: int, most: int) -> list[str]:
        return self.chance.sample(names, min(len(names), self.chance.randint(least, most)))

    def _maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def _kind(self, kind: str, text: str) -> str:
        self.kinds[kind] += 1
        return text


_TOP = 2
"""How deep the inputs of arguments go."""
_UNWRITTEN = object()
"""Stands for a value that is only written in the document."""
