"""Templates of papers: what is shipped, what is refused, which version counts."""
