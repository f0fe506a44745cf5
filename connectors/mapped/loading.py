"""Mappings from YAML texts, with every complaint on its line."""

from pydantic import ValidationError

from connectors.errors import MappingError
from connectors.mapped import coherence
from connectors.mapped.mapping import Mapping
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
        said = [_complaint(document, problem["loc"], problem["msg"]) for problem in error.errors()]
        raise MappingError("\n".join(map(str, said))) from error
    if said := [document.error(message, path) for path, message in coherence.complaints(mapping)]:
        raise MappingError("\n".join(map(str, said)))
    return mapping


def _complaint(document: texts.Text, loc: tuple[int | str, ...], message: str) -> Finding:
    place = ".".join(map(str, document.path(loc)))
    plain = message.removeprefix("Value error, ").replace("Extra inputs are not permitted", "this key is not known")
    plain = plain.replace("Field required", f"`{''.join(map(str, loc[-1:]))}` is missing")
    return document.error(f"{place}: {plain}" if place else plain, document.path(loc))
