"""The schema's statements, generated from the model's classes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import NODES


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A property of a label that is unique, or properties that are indexed, together."""

    label: str
    fields: tuple[str, ...]
    unique: bool

    @property
    def name(self) -> str:
        """What the constraint or index is called: `person_record_source_key`."""
        return "_".join(map(_snake, (self.label, *self.fields)))

    @property
    def statement(self) -> str:
        fields = ", ".join(f"n.{field}" for field in self.fields)
        if self.unique:
            return f"CREATE CONSTRAINT {self.name} IF NOT EXISTS FOR (n:{self.label}) REQUIRE {fields} IS UNIQUE"
        return f"CREATE INDEX {self.name} IF NOT EXISTS FOR (n:{self.label}) ON ({fields})"


def rules() -> Iterator[Rule]:
    """Every rule that the model declares."""
    for node in NODES:
        for name, declared in node.defined_properties(aliases=False, rels=False).items():
            if declared.unique_index or declared.index:
                yield Rule(
                    label=node.__label__,
                    fields=(declared.get_db_property_name(name),),
                    unique=bool(declared.unique_index),
                )
        for fields in getattr(node, "__together__", ()):
            yield Rule(label=node.__label__, fields=fields, unique=False)


def _snake(word: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", word).lower()
