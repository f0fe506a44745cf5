"""The page on which people look around in the demo: GraphiQL from the hub's own files."""
