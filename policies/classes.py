"""Fact classes: what decides access to a record and depends neither on who asks nor on when."""

from dataclasses import dataclass

from policies.vocabulary import Protection, Sensitivity

UNKNOWN = "?"
NONE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactClass:
    """The facts of a record or link; `None` is unknown.

    `marked` are the protections that its own dataset put on it; `protections` adds those of the person that it is
    about, or of what it links.
    """

    type: str
    owner: str | None
    dataset: str | None
    sensitivity: Sensitivity | None
    marked: frozenset[Protection] | None
    protections: frozenset[Protection] | None

    def __str__(self) -> str:
        """The readable value that is stored: `Person/council/asb-people/OFFICIAL/-/refuge`."""
        marking = (_join(self.marked), _join(self.protections))
        return "/".join(
            (self.type, *(word or UNKNOWN for word in (self.owner, self.dataset, self.sensitivity)), *marking)
        )

    @classmethod
    def parse(cls, text: str) -> "FactClass":
        """Read a stored class; raises ValueError where it is not one."""
        type_, owner, dataset, sensitivity, marked, protections = text.split("/")
        return cls(
            type=type_,
            owner=None if owner == UNKNOWN else owner,
            dataset=None if dataset == UNKNOWN else dataset,
            sensitivity=None if sensitivity == UNKNOWN else Sensitivity(sensitivity),
            marked=_split(marked),
            protections=_split(protections),
        )


def _join(protections: frozenset[Protection] | None) -> str:
    if protections is None:
        return UNKNOWN
    return "+".join(sorted(protections)) or NONE


def _split(text: str) -> frozenset[Protection] | None:
    if text == UNKNOWN:
        return None
    return frozenset() if text == NONE else frozenset(map(Protection, text.split("+")))
