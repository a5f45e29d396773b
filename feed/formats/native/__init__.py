"""Our own format: JSON and JSONL, and its schema."""
