"""What a diagram may be written with, word by word."""
