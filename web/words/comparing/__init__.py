"""What differs between two versions of a diagram, in the reader's language."""

from web.words.comparing.naming import Known, known
from web.words.comparing.telling import Sentence, Teller

__all__ = ["Known", "Sentence", "Teller", "known"]
