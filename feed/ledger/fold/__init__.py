"""What each kind of message does to the state of the ledger."""
