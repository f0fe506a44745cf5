"""The GraphQL contract: its types, its scalars, and what each field discloses."""
