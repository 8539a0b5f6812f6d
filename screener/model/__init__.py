"""Plain frozen types that every stage takes and returns. Standard library only."""
