"""The legal clock: its arithmetic, its rules, its stops, and what a change moves."""
