"""One night, many desks: a recording published to a hub (NATS JetStream) and followed from it."""
