"""Of whom links tell, besides their ends: the statements that look around them, by where they run."""

from graph.casework import DATASET
from graph.edges import EVER, IDS, RUNS
from graph.referring import IS_APART, IS_OF_A_KIND
from graph.vocabulary import Link, Node
from policies.vocabulary import WHEREABOUTS

Run = tuple[str, str, str]

LIVES_AT = """
  MATCH (p)<-[:ABOUT]-(:PersonRecord)-[:RESIDES_AT]->(h:Premises)
  WHERE h = {0} OR h.uprn = {0}.uprn OR (h.postcode = {0}.postcode AND toLower(h.address) = toLower({0}.address))"""
_OF_PERSON = "[({0})-[:ABOUT]->(p:Person) | p.protections]"
_OF_PLACE = "[{0}.marked]"
_NOBODY = "[]"
_NOWHERE = "[]"
_RESIDENTS = f"""
CALL (a, e, b) {{
  MATCH (a)-[k:{EVER[Link.CONCERNS]}]->(:PersonRecord)-[:ABOUT]->(p:Person)
  WHERE NOT '{DATASET}' IN [k.dataset, e.dataset]
  WITH p, b{LIVES_AT.format("b")}
  RETURN collect(DISTINCT p.protections) AS residents
}}
CALL (a, e) {{
  MATCH (a)-[c:{EVER[Link.CONCERNS]}]->(:PersonRecord)-[:ABOUT]->(p:Person)
  WHERE '{DATASET}' IN [c.dataset, e.dataset]
  RETURN collect(DISTINCT [one IN p.protections WHERE one IN {sorted(map(str, WHEREABOUTS))}]) AS sought
}}
WITH id, a, e, b, residents + sought AS others"""
"""Who lives there, as agencies' own systems state both; and where people in the hub brought them, or the place, into
the case, those whose whereabouts are protected, wherever they live: by the one place that is missing whoever tries
many would learn which is their home, or that there is somebody of whom they are not to know."""
_NAMED = """
CALL (a) {
  MATCH (a)-[:REFERS_TO]->(:PersonRecord)-[:ABOUT]->(p:Person)
  RETURN collect(DISTINCT p.protections) AS others
}"""
"""Wherever they live: by the one place that is missing whoever names many would learn which is their home."""
_IN_COMMON = f"""
CALL (a, b) {{
  MATCH (a)-[:REFERS_TO]->(:PersonRecord)-[:ABOUT]->(p:Person) WHERE {IS_APART}
  MATCH (p)<-[:ABOUT]-(:PersonRecord)<-[:REFERS_TO]-(b)
  RETURN collect(DISTINCT p.protections) AS others
}}
CALL (a, b) {{
  MATCH (a)-[at:HAPPENS_AT]->(m:Premises) WHERE {IS_APART} AND {IS_OF_A_KIND}
  MATCH (m)<-[too:HAPPENS_AT]-(b)
  UNWIND [at.facts, m.facts, too.facts] AS facts
  RETURN collect(DISTINCT facts) AS places
}}"""
"""Whom two referrals both name, and the classes of the places that they have in common and of what leads there."""
_ASSESSED = """
CALL (a) {
  MATCH (a)-[:ASSESSES]->(:PersonRecord)-[:ABOUT]->(p:Person)
  RETURN collect(DISTINCT p.protections) AS others
}"""
_OTHERS = {
    (Node.CASE.label, Link.CONCERNS.value, Node.PREMISES.label): _RESIDENTS,
    (Node.REFERRAL.label, Link.HAPPENS_AT.value, Node.PREMISES.label): _NAMED,
    (Node.REFERRAL.label, Link.RESEMBLES.value, Node.REFERRAL.label): _IN_COMMON,
    **{
        (node.label, Link.RECORDED_IN.value, Node.CASE.label): _ASSESSED
        for node in (Node.RISK_ASSESSMENT, Node.CASE_ENTRY)
    },
}
"""Of whom a link tells besides its ends."""
_ENDS = {"PersonRecord": _OF_PERSON, "Premises": _OF_PLACE, "Establishment": _OF_PLACE}


def _links(run: Run) -> str:
    start, type_, end = run
    others = _OTHERS.get(run)
    ends = [_ENDS.get(start, _NOBODY).format("a"), _ENDS.get(end, _NOBODY).format("b")]
    return f"""
UNWIND $ids AS id
MATCH (a:{start} {{{IDS[start]}: id}})-[e:{EVER[type_]}]->(b:{end}){others or ""}
RETURN collect([e.linkId, id, type(e), e.owner, e.dataset, e.sensitivity, e.marked, e.facts,
  {" + ".join([*ends, "others"] if others else ends)}, {"places" if others is _IN_COMMON else _NOWHERE}])"""


LINK_RUNS: tuple[Run, ...] = tuple(sorted(run for run in RUNS if run[1] in {link.value for link in Link}))
"""Where stated links run."""
LINKS = {run: _links(run) for run in LINK_RUNS}
