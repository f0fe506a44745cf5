"""Records that live at hidden places: they stand apart, as those do that are marked so themselves."""

from collections.abc import Collection

from graph.change import Ask
from graph.linkage.partition import HIDING
from policies.vocabulary import WHEREABOUTS

_HIDING, _WHEREABOUTS = sorted(map(str, HIDING)), sorted(map(str, WHEREABOUTS))
_HOME = "MATCH (r)-[:RESIDES_AT]->(m:Premises)"
LIVES_HIDDEN = f"""(
  EXISTS {{ {_HOME} WHERE any(one IN m.marked WHERE one IN {_HIDING}) }}
  AND NOT any(one IN r.marked WHERE one IN {_WHEREABOUTS})
  AND NOT EXISTS {{ {_HOME} WHERE any(one IN m.marked WHERE one IN {_WHEREABOUTS}) }})"""
"""What protects somebody's whereabouts too has to follow them to what others know, and so hides all of it."""
RECORDS = f"""
UNWIND $ids AS id MATCH (r:PersonRecord {{recordId: id}}) WHERE {LIVES_HIDDEN} RETURN collect(r.recordId)"""
RESIDENTS = """
UNWIND $ids AS id MATCH (:Premises {premisesId: id})<-[:RESIDES_AT]-(r:PersonRecord)
RETURN collect(DISTINCT r.recordId)"""
UNSETTLED = f"""
UNWIND $ids AS id
MATCH (r:PersonRecord {{recordId: id}})-[:ABOUT]->(p:Person)
WITH r, p, {LIVES_HIDDEN} AS livesHidden
WHERE (livesHidden AND EXISTS {{ MATCH (p)<-[:ABOUT]-(o:PersonRecord) WHERE o.recordId <> r.recordId }})
  OR (NOT livesHidden AND any(one IN p.protections WHERE one IN {_HIDING}))
RETURN collect(r.recordId)"""


async def living_hidden(ask: Ask, records: Collection[str]) -> set[str]:
    """Those records that live at a hidden place."""
    return set(await ask(RECORDS, {"ids": sorted(records)})) if records else set()


async def unsettled(ask: Ask, records: Collection[str], premises: Collection[str]) -> set[str]:
    """Of these records, and of those that live at these premises, any that have to part or may join others again."""
    residents = await ask(RESIDENTS, {"ids": sorted(premises)}) if premises else ()
    among = sorted({*records, *residents})
    return set(await ask(UNSETTLED, {"ids": among})) if among else set()
