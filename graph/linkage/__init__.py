"""Which records are about one person: keys that suggest it, judgements that say it, the partition that follows."""
