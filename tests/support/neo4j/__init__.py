"""The Neo4j Community server that tests and benches run on: fetched once, started where it is needed."""
