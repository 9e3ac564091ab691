"""The rules that the elements of a diagram keep among each other."""
