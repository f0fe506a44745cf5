"""Large questions, which look at everything that people change, and who asks them."""

from tests.resolvers.acting.worlds import HERE
from tests.support.hub import ASB

CRIME, SAFETY = "CRIME_PREVENTION", "CHILD_SAFEGUARDING"
VIEWERS = (
    ("asb-officer", ASB),
    ("asb-officer", CRIME),
    ("police-officer", ASB),
    ("police-officer", CRIME),
    ("housing-officer", ASB),
    ("councillor", ASB),
    ("safeguarding-lead", SAFETY),
    ("safeguarding-lead", ASB),
    ("youth-worker", SAFETY),
    ("practitioner", SAFETY),
    ("probation-officer", CRIME),
)
FEW = (("asb-officer", ASB), ("safeguarding-lead", SAFETY))
"""Who asks where there is little time: each has statements of their own, which an engine plans slowly."""
_ACCESS = "access { level withheld { field reason agreement } }"
_PERSON = f"""id givenName familyName dateOfBirth address postcode ward phone {_ACCESS}
  knownTo {{ agency {{ code }} lastSeen }}"""
_PLACE = f"id address postcode ward location {_ACCESS}"
_EVENTS = """timeline(first: 40) { totalCount edges { cursor node {
  at kind roles agency { code } subject { __typename id } } } }"""
_IDS = "{ totalCount edges { node { id } } }"
_COUNT = "{ totalCount }"
_OF_PEOPLE = f"""{{ people(first: 20, filter: {{
    familyName: {{in: ["Ash", "Kay", "Bee", "Moss", "Cox", "Dee", "Reed", "Foy", "Guy"]}} }}) {{
  totalCount edges {{ cursor node {{ {_PERSON} {_EVENTS}
    records {{ id dataset lastSeen {_ACCESS} }}
    residences(first: 3) {{ totalCount edges {{ node {{ {_PLACE} }} }} }}
    cases(first: 9) {{ totalCount edges {{ roles node {{ id }} }} }}
    siblings(first: 5) {_IDS} associates(first: 5) {_IDS} }} }} }} }}"""
_OF_PLACES = f"""{{ premisesList(first: 30, orderBy: POSTCODE) {{ totalCount edges {{ cursor node {{ {_PLACE}
    residents(first: 5) {_IDS} cases(first: 5) {_IDS} }} }} }}
  here: premisesList(first: 9, filter: {{ward: {{eq: "{HERE}"}}}}) {_COUNT}
  elsewhere: premisesList(first: 9, filter: {{not: {{address: {{eq: "5 Rose Street"}}}}}}) {_COUNT} }}"""
_OF_CASES = f"""{{ cases(first: 9, orderBy: OPENED_ON) {{ totalCount edges {{ cursor node {{
    id reference status version summary {_ACCESS} {_EVENTS}
    people(first: 9) {{ totalCount edges {{ roles node {{ {_PERSON} }} }} }}
    premises(first: 9, orderBy: ADDRESS) {{ totalCount edges {{ cursor node {{ {_PLACE} }} }} }}
    entries(first: 30) {{ totalCount edges {{ node {{ id kind text author }} }} }}
    riskAssessments(first: 9) {{ totalCount edges {{ node {{ band status people(first: 3) {_COUNT} }} }} }}
    agencies(first: 9) {_COUNT} referrals(first: 5) {_COUNT} tasks(first: 5) {_COUNT} }} }} }}
  here: cases(first: 9, filter: {{premises: {{ward: {{eq: "{HERE}"}}}}}}) {_COUNT}
  elsewhere: cases(first: 9, filter: {{not: {{premises: {{address: {{eq: "7 Elm Street"}}}}}}}}) {_COUNT} }}"""
_OF_REFERRALS = f"""{{ referrals(first: 20, orderBy: RECEIVED_AT) {{ totalCount edges {{ cursor node {{
    id reference state version headings route {_ACCESS}
    people(first: 9) {{ totalCount edges {{ author reason node {{ id }} }} }}
    premises(first: 9, orderBy: ADDRESS) {{ totalCount edges {{ node {{ {_PLACE} }} }} }}
    likenesses(first: 9) {{ totalCount edges {{ node {{ {_PERSON} }} }} }}
    resembles(first: 9) {_IDS}
    entries(first: 20) {{ totalCount edges {{ node {{ number kind author reason }} }} }}
    cases(first: 3) {_COUNT} duplicates(first: 3) {_COUNT} duplicateOf(first: 3) {_COUNT} }} }} }}
  baselines(from: "2026-11-01", to: "2026-12-01") {{
    received byWard {{ name count }} byRoute {{ name count }} byHeading {{ name count }} }} }}"""
_OF_TASKS = f"""{{ tasks(first: 20, orderBy: SENT_AT) {{ totalCount edges {{ node {{
    id title text version status cases(first: 3) {_COUNT}
    entries(first: 9) {{ totalCount edges {{ node {{ number kind text }} }} }} }} }} }}
  workload(by: PERSON) {{ agency person open unanswered }}
  blockages(by: AGENCY) {{ agency unanswered }}
  alerts(first: 20, orderBy: RAISED_AT) {{ totalCount edges {{ node {{ id title tie leadAgency
    people(first: 5) {{ totalCount edges {{ part node {{ {_PERSON} }} }} }} }} }} }} }}"""
OVERVIEWS = (_OF_PEOPLE, _OF_PLACES, _OF_CASES, _OF_REFERRALS, _OF_TASKS)
