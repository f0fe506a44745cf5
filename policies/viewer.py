"""Who asks, and for what."""

from dataclasses import dataclass

from policies.vocabulary import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody whose token was verified: what the token says of them."""

    subject: str
    agency: str
    roles: frozenset[str]
    wards: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerClass:
    """All that a policy may tell apart in a viewer; wards and subject are parameters of the query."""

    agency: str
    roles: frozenset[str]
    purpose: Purpose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A principal with the stated purpose, on a day of Europe/London (ISO, `2026-11-24`)."""

    principal: Principal
    purpose: Purpose | None
    day: str

    @property
    def cls(self) -> ViewerClass:
        return ViewerClass(agency=self.principal.agency, roles=self.principal.roles, purpose=self.purpose)
