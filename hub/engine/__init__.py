"""The embedded engine: one ArcadeDB for each data folder, living while any hub process holds it."""
