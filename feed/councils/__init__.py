"""Which council a name or a code means (rule 14)."""
