"""The agency's messages, as XML and as JSON (rule 19)."""
