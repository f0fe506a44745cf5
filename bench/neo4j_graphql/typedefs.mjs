// Type definitions over the town's graph, in two modes:
//   filter    the policy as @authorization: row filter on Person, field-level `filter`
//   mask      the same row filter, protected fields as hand-written @cypher that yields null (workaround, not @authorization)
// The policy, once (a caller's claims: agency, role, wards, purpose):
const OWNER = `{ owner: { eq: "$jwt.agency" } }`;
const SHARED_CASE = `{ cases: { some: { agencies: { some: { id: { eq: "$jwt.agency" } } } } } }`;
const IN_WARD = `{ AND: [{ sensitivity: { eq: OFFICIAL } }, { ward: { in: "$jwt.wards" } }] }`;
const ROW = `{ AND: [ { OR: [${OWNER}, ${IN_WARD}, ${SHARED_CASE}] }, { OR: [{ refuge: { eq: false } }, ${OWNER}] } ] }`;
const FIELD = `{ OR: [${OWNER}, ${SHARED_CASE}] }`;

export function typeDefs(mode) {
  if (!["filter", "mask"].includes(mode)) throw new Error(`unknown mode ${mode}`);
  const row = `@authorization(filter: [{ operations: [READ, AGGREGATE], where: { node: ${ROW} } }])`;
  const field = `@authorization(filter: [{ operations: [READ, AGGREGATE], where: { node: ${FIELD} } }])`;
  const masked = (name) => `@cypher(columnName: "v", statement: """
      RETURN CASE WHEN this.owner = $jwt.agency OR EXISTS { (this)<-[:PEER_INVOLVES]-(:PeerCase)-[:PEER_SHARED_WITH]->(:PeerAgency {id: $jwt.agency}) }
        THEN this.${name} END AS v
    """)`;
  const protect = (name) => (mode === "mask" ? masked(name) : field);
  const login = "@authentication(operations: [READ, AGGREGATE])";
  return `#graphql
  type JWT @jwt { agency: String! role: String! wards: [String!]! purpose: String! }

  enum Sensitivity { OFFICIAL OFFICIAL_SENSITIVE }

  type Person @node(labels: ["PeerPerson"]) @mutation(operations: []) ${row} {
    id: ID!
    owner: String!
    givenName: String!
    familyName: String!
    gender: String!
    email: String
    addressLine: String
    postcode: String
    ward: String!
    sensitivity: Sensitivity!
    refuge: Boolean!
    covert: Boolean!
    dateOfBirth: Date ${protect("dateOfBirth")}
    phone: String ${protect("phone")}
    nationalInsurance: String ${protect("nationalInsurance")}
    livesAt: [Premises!]! @relationship(type: "PEER_LIVES_AT", properties: "LivesAt", direction: OUT)
    cases: [Case!]! @relationship(type: "PEER_INVOLVES", properties: "Involves", direction: IN)
  }
  type LivesAt @relationshipProperties { since: Date owner: String }
  type Involves @relationshipProperties { role: String! }

  type Premises @node(labels: ["PeerPremises"]) @mutation(operations: []) ${login} {
    id: ID!
    uprn: String!
    name: String
    address: String
    postcode: String
    ward: String!
    latitude: Float
    longitude: Float
    residents: [Person!]! @relationship(type: "PEER_LIVES_AT", properties: "LivesAt", direction: IN)
    cases: [Case!]! @relationship(type: "PEER_CONCERNS", direction: IN)
    incidents: [Incident!]! @relationship(type: "PEER_AT", direction: IN)
  }

  type Case @node(labels: ["PeerCase"]) @mutation(operations: []) ${login} {
    id: ID!
    reference: String!
    type: String!
    lead: String!
    status: String!
    opened: Date
    people: [Person!]! @relationship(type: "PEER_INVOLVES", properties: "Involves", direction: OUT)
    premises: [Premises!]! @relationship(type: "PEER_CONCERNS", direction: OUT)
    agencies: [Agency!]! @relationship(type: "PEER_SHARED_WITH", direction: OUT)
    incidents: [Incident!]! @relationship(type: "PEER_PART_OF", direction: IN)
  }

  type Incident @node(labels: ["PeerIncident"]) @mutation(operations: []) ${login} {
    id: ID!
    category: String!
    month: String!
    latitude: Float
    longitude: Float
    premises: [Premises!]! @relationship(type: "PEER_AT", direction: OUT)
    cases: [Case!]! @relationship(type: "PEER_PART_OF", direction: OUT)
  }

  type Agency @node(labels: ["PeerAgency"]) @mutation(operations: []) ${login} {
    id: ID!
    name: String!
    kind: String!
    cases: [Case!]! @relationship(type: "PEER_SHARED_WITH", direction: IN)
  }
  `;
}
