"""Mappings from YAML texts, with every complaint on its line."""

from typing import Any

from pydantic import ValidationError

from connectors.errors import MappingError
from connectors.mapped import coherence
from connectors.mapped.mapping import Mapping
from connectors.mapped.wording import worded
from policies import texts
from policies.findings import Finding


def load(file: str, text: str) -> Mapping:
    """Read a mapping; `file` is what complaints call it. Raises MappingError, a complaint a line."""
    document, findings = texts.read(file, text)
    if document is None:
        raise MappingError("\n".join(map(str, findings)))
    try:
        mapping = Mapping.model_validate(document.data)
    except ValidationError as error:
        said = [_complaint(document, dict(problem)) for problem in error.errors()]
        raise MappingError("\n".join(map(str, said))) from error
    if said := [document.error(message, path) for path, message in coherence.complaints(mapping)]:
        raise MappingError("\n".join(map(str, said)))
    return mapping


def _complaint(document: texts.Text, problem: dict[str, Any]) -> Finding:
    path = document.path(problem["loc"])
    place, words = ".".join(map(str, path)), worded(problem)
    return document.error(f"{place}: {words}" if place else words, path)
