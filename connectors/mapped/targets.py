"""The properties that a mapping can fill, and what kind of column fills each."""

from collections.abc import Mapping
from enum import StrEnum

from graph.vocabulary import CaseRole, CaseStatus, Gender, Link, Node

Kind = str | type[StrEnum]
"""The type of a column, or the words that its codes must mean."""
Kinds = Mapping[str, Kind]

NODES: Mapping[Node, Kinds] = {
    Node.PERSON: {
        "givenName": "text",
        "familyName": "text",
        "aliases": "list",
        "dateOfBirth": "date",
        "gender": Gender,
        "address": "text",
        "postcode": "postcode",
        "ward": "ward",
        "phone": "phone",
        "email": "email",
        "warningMarkers": "list",
        "nhsNumber": "nhs_number",
        "nationalInsuranceNumber": "national_insurance_number",
    },
    Node.PREMISES: {
        "name": "text",
        "address": "text",
        "postcode": "postcode",
        "ward": "ward",
        "uprn": "uprn",
        "latitude": "latitude",
        "longitude": "longitude",
    },
    Node.CASE: {
        "reference": "text",
        "caseType": "text",
        "status": CaseStatus,
        "openedOn": "date",
        "closedOn": "date",
        "summary": "text",
        "participants": "list",
    },
    Node.GROUP: {"name": "text", "groupType": "text"},
}
LINKS: Mapping[Link, Kinds] = {
    Link.PARENT_OF: {},
    Link.MEMBER_OF: {"since": "date"},
    Link.SUPERVISED_BY: {"since": "date", "until": "date", "order": "text"},
    Link.PUPIL_AT: {"since": "date", "until": "date"},
    Link.RESIDES_AT: {"since": "date", "until": "date"},
    Link.SIBLING_OF: {},
    Link.ASSOCIATES_WITH: {"since": "date"},
    Link.CONCERNS: {"role": CaseRole},
}
PAST = frozenset({"dateOfBirth"})
"""Properties whose date cannot be still to come; a tenancy, an order or a case may be entered before it begins."""
SYMMETRIC = frozenset({Link.SIBLING_OF, Link.ASSOCIATES_WITH})
"""Links that say the same in both directions, and so run in one between records of one owner."""
