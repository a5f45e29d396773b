"""Which council a name or a code means (domain.md §7 and §11)."""
