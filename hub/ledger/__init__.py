"""The record of who was told what: hash-chained, append-only, on disk before an answer leaves."""
