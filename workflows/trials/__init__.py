"""A change before and after it is live: replayed, tried in an invented town, migrated to."""
