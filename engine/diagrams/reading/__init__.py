"""The parts of a diagram's XML, each read into its record."""
