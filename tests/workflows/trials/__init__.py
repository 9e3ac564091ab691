"""What is tried before it is live, and what moves once it is."""
