"""The shapes that the API answers with, in rooms by subject."""
