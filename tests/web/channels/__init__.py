"""Each channel against a real server on loopback."""
