"""Posts outlive persons."""
