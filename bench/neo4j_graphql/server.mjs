// @neo4j/graphql behind graphql-yoga, on loopback.
//   NEO4J_URL NEO4J_USER NEO4J_PASSWORD  PORT  MODE=filter|mask  JWT_SECRET (HS256)
// Prints {"ready": "http://..."} once it listens; SIGTERM ends it.
import { createServer } from "node:http";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";
import { typeDefs } from "./typedefs.mjs";

const { NEO4J_URL, NEO4J_USER, NEO4J_PASSWORD, PORT, MODE, JWT_SECRET } = process.env;
const driver = neo4j.driver(NEO4J_URL, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD), { maxConnectionPoolSize: 100 });
await driver.verifyConnectivity();

const library = new Neo4jGraphQL({
  typeDefs: typeDefs(MODE),
  driver,
  features: {
    authorization: { key: JWT_SECRET },
    excludeDeprecatedFields: { aggregationFilters: true, aggregationFiltersOutsideConnection: true, relationshipFilters: true,
      attributeFilters: true, mutationOperations: true },
  },
});
const listener = createServer(createYoga({
  schema: await library.getSchema(),
  logging: false,
  graphiql: false,
  landingPage: false,
  maskedErrors: false,
  context: ({ request }) => ({ token: request.headers.get("authorization") ?? undefined }),
}));
listener.keepAliveTimeout = 60000;
listener.listen(Number(PORT), "127.0.0.1", () => console.log(JSON.stringify({ ready: `http://127.0.0.1:${PORT}/graphql` })));
process.on("SIGTERM", () => { listener.close(); driver.close().finally(() => process.exit(0)); });
