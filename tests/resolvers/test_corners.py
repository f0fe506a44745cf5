"""probe"""
import orjson, pytest
from tests.resolvers.partnership import ALL, ASH, IN, Stage
Q=[
 ('query($o: PersonOrder) { people(filter: {familyName: {eq: "Ash"}}, first: 1, orderBy: $o) { totalCount } }', {"o": None}),
 ('query($o: PersonOrder) { people(filter: {familyName: {eq: "Ash"}}, first: 1, orderBy: $o) { totalCount } }', {}),
 ('query($n: Int = 2) { people(filter: {familyName: {eq: "Ash"}}, first: $n) { totalCount } }', {"n": None}),
 ('query($n: Int = 2) { people(filter: {familyName: {eq: "Ash"}}, first: 1) { edges { node { siblings(first: $n) { totalCount } } } } }', {"n": None}),
 ('query($n: Int = 2) { me { subject } people(filter: {familyName: {eq: "Ash"}}, first: $n) { totalCount } }', {"n": None}),
 ('query($b: Boolean = true) { people(filter: {familyName: {eq: "Ash"}}, first: 1) { totalCount @skip(if: $b) } }', {"b": None}),
 ('{ people(filter: {familyName: {eq: "Ash"}}, first: 1, after: null) { pageInfo { __typename endCursor } __typename edges { __typename cursor node { __typename access { __typename level withheld { __typename field } } knownTo { __typename lastSeen } records { __typename agency { __typename } } } } } }', {}),
 ('{ people(filter: {familyName: {eq: "Nobody"}}, first: 1) { totalCount pageInfo { hasNextPage endCursor } edges { cursor } } }', {}),
 ('{ premisesList(filter: {}, first: 9) { totalCount } a: premisesList(filter: null, first: 9) { totalCount } b: premisesList(filter: {and: []}, first: 9) { totalCount } c: premisesList(filter: {or: []}, first: 9) { totalCount } d: premisesList(filter: {not: {}}, first: 9) { totalCount } e: premisesList(filter: {not: {or: []}}, first: 9) { totalCount } f: premisesList(filter: {uprn: {in: []}}, first: 9) { totalCount } g: premisesList(filter: {not: {uprn: {in: []}}}, first: 9) { totalCount } h: premisesList(filter: {not: {uprn: {eq: null}}}, first: 9) { totalCount } i: premisesList(filter: {not: {uprn: {eq: "1"}}}, first: 9) { totalCount } j: premisesList(filter: {ward: null}, first: 9) { totalCount }}', {}),
 ('{ nodes(ids: []) { id } _entities(representations: []) { __typename } }', {}),
 ('query($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {"r": [{"__typename": ["Person"], "id": "x"}]}),
 ('query($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {"r": [{"__typename": {"a": 1}, "id": "x"}]}),
 ('query($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {"r": [[]]}),
 ('query($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {"r": ["Person"]}),
 ('query($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {"r": [{"__typename": "Person", "id": 4}]}),
 ('query($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {"r": [{"__typename": "Team", "id": "x"}]}),
 ('{ _entities(representations: [{__typename: "Agency", code: "police"}, {__typename: "Agency", id: null, code: "council"}]) { ... on Agency { code } } }', {}),
 ('{ agreements(first: 1, orderBy: TITLE) { edges { cursor node { __typename id title version tier status validFrom validUntil reviewBy signedBy purposes access { level } } } } }', {}),
 ('{ wards(first: 1) { edges { node { boundary } } } establishments(first:1) { edges { node { location ratingDate hygieneScore } } } }', {}),
]
@pytest.mark.parametrize("i", range(len(Q)))
def test_p(stage: Stage, i) -> None:
    q, v = Q[i]
    print("\n##", q[:300], v); print(orjson.dumps(stage.ask(q, **v)).decode()[:1500])
def test_nd(stage):
    q='query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Person { a: siblings(first: 1000) { totalCount } b: siblings(first: 1000) { totalCount } } } }'
    import time; t=time.time()
    print(str(stage.ask(q, ids=[f"per_{i}" for i in range(1000)]))[:300], time.time()-t)
    t=time.time()
    print(str(stage.ask(q, ids=[f"agr_{i}" for i in range(1000)]))[:300], time.time()-t)
def test_led(stage):
    for q in ['{ people(filter: {%s}, first: 9) { edges { node { knownTo { agency { name } } } } } }' % ASH,'{ people(filter: {%s}, first: 9) { edges { node { knownTo { lastSeen } } } } }' % ASH, '{ people(filter: {%s}, first: 1) { totalCount } }' % ASH]:
        stage.hub.ledger.entries.clear(); stage.ask(q)
        for d in stage.hub.ledger.entries[0].disclosures: print(d)
def test_q(stage):
    print(stage.ask("{ importRuns(first: 1) { edges { node { state quarantine(first: 1) { totalCount } } } } }"))
