"""A second, slow reading of policy documents, straight from their words: what the compiled engine must agree with."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policies.catalogue import Catalogue
from policies.classes import FactClass
from policies.viewer import ViewerClass
from tests.support.policies import ROLES

Facts = Mapping[str, bool | None]
_SUBJECTS = {"RESIDES_AT": "Person", "SIBLING_OF": "Person", "ASSOCIATES_WITH": "Person"}
_TYPES = {"SCHOOL": {"larkhall", "fennel"}}
_RANKS = ["OFFICIAL", "OFFICIAL_SENSITIVE"]


def disclosed(
    texts: Mapping[str, str], catalogue: Catalogue, viewer: ViewerClass, record: str, facts: Facts
) -> dict[str, int]:
    """Rungs by field, with `pointer` as a field of its own, for a purpose that is stated; 0 is left out."""
    found: dict[str, int] = {}
    for reader in _readers(texts, catalogue, viewer, record):
        for field, rung in reader.read(FactClass.parse(record), facts).items():
            found[field] = max(found.get(field, 0), rung)
    return {field: rung for field, rung in found.items() if rung}


def permitted(
    texts: Mapping[str, str], catalogue: Catalogue, viewer: ViewerClass, record: str, facts: Facts
) -> dict[str, int]:
    """Acts, each with the rung 1, for a purpose that is stated."""
    readers = _readers(texts, catalogue, viewer, record)
    return {act: 1 for reader in readers for act in reader.acts(FactClass.parse(record), facts)}


def _readers(texts: Mapping[str, str], catalogue: Catalogue, viewer: ViewerClass, record: str) -> Iterator["Reader"]:
    if "?" in record or viewer.agency not in ROLES:
        return
    for role in viewer.roles or {""}:
        yield Reader(texts=texts, catalogue=catalogue, viewer=viewer, role=role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who reads the documents in one role."""

    texts: Mapping[str, str]
    catalogue: Catalogue
    viewer: ViewerClass
    role: str

    def read(self, fact_class: FactClass, facts: Facts) -> dict[str, int]:
        """What the role is shown, with `pointer` as a field of its own."""
        limits = self._limits()
        known = _known(limits, self.catalogue, fact_class, facts)
        found = self._granted(fact_class, known)
        for limit in limits:
            if _holds(limit["when"], fact_class, known) is not False:
                found = self._limited(found, limit, fact_class)
        return found

    def acts(self, fact_class: FactClass, facts: Facts) -> set[str]:
        """What the role may do."""
        limits = self._limits()
        known = _known(limits, self.catalogue, fact_class, facts)
        for limit in limits:
            is_taken = limit["caps"].get(fact_class.type) == "nothing" or self._is_marked(limit, fact_class)
            if is_taken and _holds(limit["when"], fact_class, known) is not False:
                return set()
        return {
            act
            for agreement in self._agreements()
            for may in agreement.get("may", [])
            if may["type"] == fact_class.type and _holds(may["when"], fact_class, known) is True
            if self.role in may.get("by", ROLES).get(self.viewer.agency, ())
            if self.viewer.purpose in may.get("for", [self.viewer.purpose])
            if _reaches(agreement, self.viewer, self.role, fact_class.owner)
            for act in may["act"]
        }

    def _limits(self) -> list[Any]:
        every = json.loads(self.texts["limits.yaml"])["limits"]
        return [one for one in every if self.role not in one["spares"].get(self.viewer.agency, [])]

    def _agreements(self) -> list[Any]:
        return [json.loads(text) for file, text in self.texts.items() if file.startswith("agreements/")]

    def _granted(self, fact_class: FactClass, known: Facts) -> dict[str, int]:
        found: dict[str, int] = {}
        reaching = [one for one in self._agreements() if _reaches(one, self.viewer, self.role, fact_class.owner)]
        for grant in (grant for agreement in reaching for grant in agreement["grants"]):
            if grant["type"] == fact_class.type and _holds(grant["when"], fact_class, known) is True:
                found["pointer"] = 1
                for field, rung in _rungs(self.catalogue, fact_class.type, grant["show"]).items():
                    found[field] = max(found.get(field, 0), rung)
        return found

    def _limited(self, found: dict[str, int], limit: Mapping[str, Any], fact_class: FactClass) -> dict[str, int]:
        cap = limit["caps"].get(fact_class.type, {})
        if cap == "nothing":
            return {}
        if self._is_marked(limit, fact_class):
            return {}
        caps = _rungs(self.catalogue, fact_class.type, cap)
        return {field: min(rung, caps.get(field, rung)) for field, rung in found.items()}

    def _is_marked(self, limit: Mapping[str, Any], fact_class: FactClass) -> bool:
        """Whether the record itself carries what a protective limit speaks of, and another agency wrote it."""
        is_marked = limit["protective"] and set(limit["when"]["protections"]) & set(fact_class.marked or ())
        return bool(is_marked) and fact_class.owner != self.viewer.agency


def _reaches(agreement: Mapping[str, Any], viewer: ViewerClass, role: str, owner: str | None) -> bool:
    for flow in agreement["flows"]:
        purposes = flow.get("for", [use["purpose"] for use in agreement["uses"]])
        to = flow["to"]
        is_told = (
            role in to.get(viewer.agency, [])
            if isinstance(to, dict)
            else any(viewer.agency in _TYPES[one["type"]] and role in one["roles"] for one in to)
        )
        sources = [flow["from"]] if isinstance(flow["from"], str) else flow["from"]
        owners: set[str] = set()
        for one in sources:
            owners |= {viewer.agency} if one == "own" else {one} if isinstance(one, str) else _TYPES[one["type"]]
        if is_told and viewer.purpose in purposes and owner in owners:
            return True
    return False


def _rungs(catalogue: Catalogue, type_name: str, words: Any) -> dict[str, int]:  # noqa: ANN401 - as written
    entry, found = catalogue.types[type_name], dict[str, int]()
    pairs = [] if words == "pointer" else list(words.items())
    for key, value in pairs:
        for word, rung in [(one, key) for one in value] if isinstance(value, list) else [(key, value)]:
            fields = [entry.by_name[word]] if word in entry.by_name else [f for f in entry.fields if f.group == word]
            for field in fields:
                found[field.name] = field.ladder.index(rung) + 1 if rung in field.ladder else 0
    return found


def _known(limits: list[Any], catalogue: Catalogue, fact_class: FactClass, facts: Facts) -> dict[str, bool | None]:
    known = dict(facts)
    subject = _SUBJECTS.get(fact_class.type, fact_class.type)
    for _ in range(len(known) + 1):
        for condition in list(known):
            origin = {"in_area": "ward", "child": "dateOfBirth"}.get(condition, "role")
            type_name = fact_class.type if origin == "role" else subject
            entry = catalogue.types.get(type_name)
            if entry is None or origin not in entry.by_name or condition == "case_member":
                continue
            for limit in limits:
                cap = limit["caps"].get(type_name, {})
                rungs = dict.fromkeys(entry.by_name, 0) if cap == "nothing" else _rungs(catalogue, type_name, cap)
                is_lowered = rungs.get(origin, 99) < len(entry.by_name[origin].ladder)
                known_of = fact_class if type_name == fact_class.type else _of_first_end(fact_class)
                if is_lowered and _holds(limit["when"], known_of, known) is not False:
                    known[condition] = None
    return known


def _of_first_end(link: FactClass) -> FactClass:
    return FactClass(
        type=link.type,
        owner=None,
        dataset=None,
        sensitivity=None,
        marked=link.marked,
        protections=link.protections,
    )


def _holds(when: Mapping[str, Any], fact_class: FactClass, known: Facts) -> bool | None:
    parts: list[bool | None] = []
    for fact, asked in when.items():
        if fact == "any_of":
            others = [_holds(one, fact_class, known) for one in asked]
            parts.append(True if True in others else None if None in others else False)
        else:
            parts.append(_fact(fact, asked, fact_class, known))
    return False if False in parts else None if None in parts else True


def _fact(fact: str, asked: Any, fact_class: FactClass, known: Facts) -> bool | None:  # noqa: ANN401 - as written
    if fact == "unconditional":
        return True
    if fact in {"owner", "dataset"}:
        value = getattr(fact_class, fact)
        return None if value is None else value == asked
    if fact == "sensitivity_at_most":
        rank = fact_class.sensitivity
        return None if rank is None else _RANKS.index(rank) <= _RANKS.index(asked)
    if fact == "protections":
        return bool(set(asked) & {*(fact_class.protections or ()), *(fact_class.marked or ())})
    if fact == "role":
        return known.get("role:" + "+".join(sorted(asked)))
    return known.get(fact)
