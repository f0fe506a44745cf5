"""Questions that look everywhere: each field, filter, order, count, cursor and way to a thing."""

import json
from collections.abc import Sequence
from typing import Any

from policies.viewer import Principal
from tests.support.hub import TestHub

Question = tuple[str, dict[str, Any]]

ACCESS = "access { level withheld { field reason agreement } }"
HOME = "address postcode ward phone"
VALUES = f"id givenName familyName aliases dateOfBirth gender {HOME} email warningMarkers nhsNumber {ACCESS}"
MORE = "pageInfo { hasNextPage endCursor }"
EVENTS = f"""totalCount {MORE} edges {{ cursor node {{
  at kind dataset roles agency {{ code }} subject {{ __typename id ... on Premises {{ address }} }} }} }}"""
PERSON = f"""__typename {VALUES} nationalInsuranceNumber
  knownTo {{ agency {{ id code }} contact lastSeen }}
  records {{ agency {{ code }} dataset lastSeen {VALUES} }}"""
LINKS = f"""id
  residences(first: 2) {{ totalCount {MORE} edges {{ since until node {{ id address postcode ward location }} }} }}
  siblings(first: 2) {{ totalCount {MORE} edges {{ node {{ id givenName address knownTo {{ lastSeen }} }} }} }}
  associates(first: 2) {{ totalCount {MORE} edges {{ since node {{ id familyName ward }} }} }}
  here: residences(first: 1, orderBy: POSTCODE_DESC, edge: {{current: true}}) {{
    totalCount {MORE} edges {{ cursor }} }}"""
TIES = f"""id
  parents(first: 1) {{ totalCount {MORE} edges {{ cursor node {{ id familyName }} }} }}
  children(first: 1) {{ totalCount {MORE} edges {{ node {{ id givenName dateOfBirth }} }} }}
  schools(first: 1) {{ totalCount {MORE} edges {{ since until cursor node {{ id name }} }} }}
  supervisions(first: 1) {{ totalCount {MORE} edges {{ since until order cursor node {{ code }} }} }}
  groups(first: 1, orderBy: NAME_DESC) {{ totalCount {MORE} edges {{ since cursor node {{ id name groupType }} }} }}"""
WORK = f"""timeline(first: 4) {{ {EVENTS} }}
  cases(first: 2, orderBy: OPENED_ON_DESC) {{ totalCount {MORE} edges {{ roles cursor node {{
    id reference premises(first: 2) {{ totalCount edges {{ node {{ id address ward }} }} }} }} }} }}"""
PREMISES = f"""__typename id name address postcode ward uprn location {ACCESS}
  residents(first: 2) {{ totalCount {MORE} edges {{ since until node {{ id familyName address }} }} }}
  born: residents(first: 9, orderBy: DATE_OF_BIRTH, filter: {{not: {{phone: {{eq: "1"}}}}}}) {{ edges {{ cursor }} }}
  occupants(first: 2) {{ totalCount edges {{ node {{ id name }} }} }}
  cases(first: 2) {{ totalCount edges {{ node {{
    id reference people(first: 2) {{ edges {{ node {{ id }} }} }} }} }} }}"""
CASE = f"""__typename id reference caseType status openedOn closedOn closureReason version summary {ACCESS}
  timeline(first: 6) {{ {EVENTS} }}
  people(first: 3) {{ totalCount {MORE} edges {{ roles node {{ id givenName address ward }} }} }}
  victims: people(first: 3, edge: {{role: {{eq: VICTIM}}}}, orderBy: WARD_DESC) {{ totalCount edges {{ cursor }} }}
  premises(first: 3) {{ totalCount {MORE} edges {{ node {{ id address ward residents(first: 2) {{ totalCount }} }} }} }}
  agencies(first: 9) {{ totalCount edges {{ node {{ code }} }} }}
  referrals(first: 2) {{ totalCount edges {{ node {{ id reference entries(first: 1) {{ totalCount }} }} }} }}
  tasks(first: 2, orderBy: SENT_AT) {{ totalCount edges {{ node {{ id title }} }} }}
  riskAssessments(first: 2, orderBy: ASSESSED_AT, filter: {{band: {{eq: HIGH}}}}) {{ totalCount {MORE}
    edges {{ node {{ id template answers points scored band reason why status
      people(first: 2) {{ totalCount edges {{ node {{ id }} }} }} }} }} }}
  incidents(first: 2, orderBy: HAPPENED_ON, filter: {{heading: {{eq: NOISE}}}}) {{ totalCount {MORE}
    edges {{ node {{ id heading qualifier happenedOn text ward location }} }} }}
  actions(first: 2, orderBy: TARGET_ON_DESC, filter: {{status: {{eq: OPEN}}}}) {{ totalCount {MORE}
    edges {{ node {{ id text agency person targetOn status outcome }} }} }}
  entries(first: 2, orderBy: MADE_AT_DESC, filter: {{not: {{kind: {{eq: LEFT}}}}}}) {{ totalCount {MORE}
    edges {{ cursor node {{ id kind madeAt author text assertionType }} }} }}"""

_PEOPLE = """query($f: PersonFilter!, $o: PersonOrder!, $n: Int!, $after: String) {
  people(filter: $f, orderBy: $o, first: $n, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { %s } } } }"""
_PLACES = """query($f: PremisesFilter, $o: PremisesOrder!, $n: Int!, $after: String) {
  premisesList(filter: $f, orderBy: $o, first: $n, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { %s } } } }"""
_CASES = """query($f: CaseFilter, $o: CaseOrder!, $n: Int!, $after: String) {
  cases(filter: $f, orderBy: $o, first: $n, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { %s } } } }"""
_SCHOOLS = f"""{{ schools(first: 2) {{ totalCount {MORE} edges {{ cursor node {{ id name
  pupils(first: 2, orderBy: FAMILY_NAME_DESC) {{
    totalCount {MORE} edges {{ since node {{ id givenName }} }} }} }} }} }} }}"""
_GROUPS = f"""{{ groups(first: 2) {{ totalCount {MORE} edges {{ cursor node {{ id name groupType {ACCESS}
  members(first: 2) {{ totalCount {MORE} edges {{ since node {{ id familyName }} }} }} }} }} }} }}"""
_INCIDENTS = f"{{ incidents(first: 2) {{ totalCount {MORE} edges {{ cursor node {{ id category ward }} }} }} }}"
_TASKS = f"""{{ tasks(first: 2, orderBy: TARGET_ON, filter: {{not: {{cases: {{reference: {{eq: "none"}}}}}}}}) {{
  totalCount {MORE} edges {{ cursor node {{ id title text status agency person version {ACCESS}
    cases(first: 2) {{ totalCount edges {{ node {{ id reference }} }} }}
    entries(first: 2, orderBy: NUMBER_DESC) {{ totalCount {MORE} edges {{ node {{ id kind author text }} }} }} }} }} }}
  all: tasks(first: 2) {{ totalCount edges {{ node {{ id }} }} }}
  workload(by: PERSON) {{ agency person open unanswered overdue oldest medianHoursToAnswer }}
  blockages(by: AGENCY) {{ agency open unanswered overdue oldest }} }}"""
_REFERRALS = f"""{{ referrals(first: 2, orderBy: RECEIVED_AT_DESC, filter: {{not: {{officer: {{eq: "none"}}}}}}) {{
  totalCount {MORE} edges {{ cursor node {{ id }} }} }}
  all: referrals(first: 3) {{ totalCount edges {{ node {{ id reference state referrer headings address ward location
    route version {ACCESS}
    people(first: 2) {{ totalCount {MORE} edges {{ node {{ id familyName ward }} }} }}
    premises(first: 2, orderBy: POSTCODE_DESC) {{ totalCount {MORE} edges {{ cursor node {{ id address ward }} }} }}
    likenesses(first: 2) {{ totalCount edges {{ node {{ id givenName }} }} }}
    resembles(first: 2) {{ totalCount edges {{ node {{ id reference }} }} }}
    entries(first: 2) {{ totalCount edges {{ node {{ id kind author }} }} }} }} }} }} }}"""
_ALERTS = f"""{{ alerts(first: 2, filter: {{status: {{eq: RAISED}}}}) {{ totalCount {MORE} edges {{ cursor node {{
  id title tie leadAgency {ACCESS}
  people(first: 2) {{ totalCount {MORE} edges {{ part node {{ id familyName address }} }} }}
  cases(first: 2) {{ totalCount edges {{ node {{ id reference }} }} }} }} }} }} }}"""
_COUNTED = """{ baselines(from: "2026-11-01", to: "2026-11-30") { received returned triaged medianHoursToTriage
  byHeading { name count } byWard { name count } byRoute { name count } bySource { name count } byWeek { count } } }"""
OF_REFERRALS: tuple[Question, ...] = ((_REFERRALS, {}), (_ALERTS, {}), (_COUNTED, {}))
"""What was referred, counted too, and who was alerted."""
OTHERS: tuple[Question, ...] = ((_SCHOOLS, {}), (_GROUPS, {}), (_INCIDENTS, {}), (_TASKS, {}))
"""Lists of what stands beside people, places and cases."""
MEMBERS = f"""query($after: String) {{ cases(first: 1) {{ edges {{ node {{
  people(first: 1, after: $after) {{
    totalCount {MORE} edges {{ roles cursor node {{ id familyName }} }} }} }} }} }} }}"""
_NODES = """query($ids: [ID!]!, $one: ID!, $what: [_Any!]!) {
  nodes(ids: $ids) { __typename id
    ... on Person { familyName address ward records { id } residences(first: 2) { totalCount edges { node { id } } } }
    ... on PersonRecord { givenName address agency { code } }
    ... on Premises { address residents(first: 2) { totalCount edges { node { id } } } }
    ... on Case { reference people(first: 2) { totalCount } premises(first: 2) { edges { node { id address } } } } }
  node(id: $one) { __typename id } person(id: $one) { id familyName }
  _entities(representations: $what) { ... on Person { id givenName } ... on Premises { id address } } }"""


def people(filter_: dict[str, Any], order: str = "ID", first: int = 9, fields: str = "id records { id }") -> Question:
    return _PEOPLE % fields, {"f": filter_, "o": order, "n": first}


def places(filter_: dict[str, Any] | None, order: str = "ID", first: int = 9, fields: str = "id") -> Question:
    return _PLACES % fields, {"f": filter_, "o": order, "n": first}


def cases(filter_: dict[str, Any] | None, order: str = "ID", first: int = 9, fields: str = "id reference") -> Question:
    return _CASES % fields, {"f": filter_, "o": order, "n": first}


def nodes(ids: Sequence[str]) -> Question:
    """Ask for things by their ids in every way there is."""
    what = [{"__typename": "Person", "id": one} for one in ids] + [{"__typename": "Premises", "id": one} for one in ids]
    return _NODES, {"ids": list(ids), "one": ids[-1], "what": what}


async def pages(hub: TestHub, who: str | Principal, purpose: str, question: Question, path: str) -> list[bytes]:
    """Follow the list at a path in the answer page by page to its end."""
    query, variables = question
    found: list[bytes] = []
    after = None
    while True:
        answer = await hub.body(who, purpose, query, variables | {"after": after})
        found.append(answer)
        info = _at(json.loads(answer)["data"], path.split("."))
        if info is None or not info["pageInfo"]["hasNextPage"]:
            return found
        after = info["pageInfo"]["endCursor"]


def _at(value: Any, path: Sequence[str]) -> Any:  # noqa: ANN401 - a part of an answer
    """What is at a path; None where a list on the way is empty."""
    for step in path:
        if not value:
            return None
        value = value[0] if step == "0" else value[step]
    return value
