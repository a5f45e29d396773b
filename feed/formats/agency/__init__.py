"""The agency's messages, as XML and as JSON (domain.md §2)."""
