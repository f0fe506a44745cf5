"""All policy documents of a deployment, read and validated as far as they can be."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from policies.alert_documents import Alert
from policies.calendar import Calendar
from policies.criteria_documents import Criteria
from policies.documents import Agencies, Agreement, Document, Limits, Scenarios
from policies.errors import PolicyError
from policies.findings import Finding, unknown
from policies.risk_documents import RiskTemplate
from policies.texts import Text, read

Model = TypeVar("Model", bound=Document)
Model_co = TypeVar("Model_co", bound=Document, covariant=True)

AGENCIES = "agencies.yaml"
LIMITS = "limits.yaml"
AGREEMENTS = "agreements/"
SCENARIOS = "scenarios/"
ALERTS = "alerts/"
CRITERIA = "criteria/"
RISK = "risk/"
CALENDAR = "calendar.yaml"

_SINGLE = (AGENCIES, LIMITS, CALENDAR)
_FOLDERS = (AGREEMENTS, ALERTS, CRITERIA, RISK, SCENARIOS)
_FORMS = {
    "tuple_type": "a list, as in `[a, b]`",
    "mapping_type": "names with values, as in `{a: b}`",
    "dict_type": "names with values, as in `{a: b}`",
    "model_type": "names with values, as in `{a: b}`",
    "string_type": "a word",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "bool_type": "`true` or `false`",
    "bool_parsing": "`true` or `false`",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Generic[Model_co]):
    """A document and the text that it was read from."""

    model: Model_co
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The documents that could be read; `findings` tell of the others."""

    agencies: Sourced[Agencies] | None
    limits: Sourced[Limits] | None
    agreements: tuple[Sourced[Agreement], ...]
    alerts: tuple[Sourced[Alert], ...]
    criteria: tuple[Sourced[Criteria], ...]
    risk: tuple[Sourced[RiskTemplate], ...]
    calendar: Sourced[Calendar] | None
    scenarios: tuple[Sourced[Scenarios], ...]
    findings: tuple[Finding, ...]

    @property
    def content(self) -> dict[str, Any]:
        """What decides, without comments and layout, by file."""
        single = [part.text for part in (self.agencies, self.limits, self.calendar) if part is not None]
        several = [part.text for folder in (self.agreements, self.alerts, self.criteria, self.risk) for part in folder]
        return {text.file: text.data for text in (*single, *several)}


def corpus(texts: Mapping[str, str]) -> Corpus:
    """Read texts by file name: the single documents, and those in folders; `calendar.yaml` there need not be."""
    findings = list(_strays(texts))
    return Corpus(
        agencies=_single(AGENCIES, Agencies, texts, findings),
        limits=_single(LIMITS, Limits, texts, findings),
        agreements=_folder(AGREEMENTS, Agreement, texts, findings),
        alerts=_folder(ALERTS, Alert, texts, findings),
        criteria=_folder(CRITERIA, Criteria, texts, findings),
        risk=_folder(RISK, RiskTemplate, texts, findings),
        calendar=document(CALENDAR, Calendar, texts[CALENDAR], findings) if CALENDAR in texts else None,
        scenarios=_folder(SCENARIOS, Scenarios, texts, findings),
        findings=tuple(findings),
    )


def partners(texts: Mapping[str, str]) -> Agencies:
    """Read `agencies.yaml` alone, whatever stands in the others; raises PolicyError."""
    findings: list[Finding] = []
    found = _single(AGENCIES, Agencies, texts, findings)
    if found is None:
        raise PolicyError(findings)
    return found.model


def _strays(texts: Mapping[str, str]) -> Iterator[Finding]:
    for file in sorted(texts):
        is_known = file in _SINGLE or (file.startswith(_FOLDERS) and file.endswith(".yaml"))
        if not is_known:
            message = f"not a policy document; those are {', '.join((*_SINGLE, *(f'{one}*.yaml' for one in _FOLDERS)))}"
            yield Finding(file=file, line=1, severity="error", message=message)


def _single(file: str, model: type[Model], texts: Mapping[str, str], findings: list[Finding]) -> Sourced[Model] | None:
    if file not in texts:
        findings.append(Finding(file=file, line=1, severity="error", message="the document is missing"))
        return None
    return document(file, model, texts[file], findings)


def _folder(
    folder: str, model: type[Model], texts: Mapping[str, str], findings: list[Finding]
) -> tuple[Sourced[Model], ...]:
    files = sorted(file for file in texts if file.startswith(folder) and file.endswith(".yaml"))
    found = (document(file, model, texts[file], findings) for file in files)
    return tuple(entry for entry in found if entry is not None)


def document(file: str, model: type[Model], text: str, findings: list[Finding]) -> Sourced[Model] | None:
    """Read one document; None where it cannot be, of which the findings tell."""
    source, problems = read(file, text)
    findings.extend(problems)
    if source is None:
        return None
    try:
        return Sourced(model=model.model_validate(source.data), text=source)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            path = source.path(problem["loc"])
            findings.append(source.error(_said(dict(problem)), path))
        return None


def _said(problem: dict[str, Any]) -> str:
    key = str(problem["loc"][-1]) if problem["loc"] else "the document"
    match problem["type"]:
        case "missing" if key == "when":
            return "`when` is missing; a grant for every record must say `when: {unconditional: true}`"
        case "missing":
            return f"`{key}` is missing"
        case "extra_forbidden":
            return unknown("key", key, _keys())
        case "enum" | "literal_error" if problem["input"] is False:
            return f"`{key}` can only be `true`: what is not known must never widen"
        case "enum" | "literal_error":
            valid = re.findall(r"'([^']*)'", problem["ctx"]["expected"])
            return unknown("word", str(problem["input"]), valid) if valid else f"`{key}`: {problem['msg']}"
        case kind:
            form = _FORMS.get(kind)
            return f"`{key}`: write {form}" if form else f"`{key}`: {problem['msg'].removeprefix('Value error, ')}"


def _keys(model: type[Document] = Document) -> set[str]:
    """Every key that some document may have."""
    own = {field.alias or name for name, field in model.model_fields.items()}
    return own.union(*map(_keys, model.__subclasses__()))
