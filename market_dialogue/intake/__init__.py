"""The ways in: each makes an `Answer` of what came, or says what is wrong; nothing here records anything."""

from market_dialogue.intake.files import MOST_BYTES, MOST_FILES, read_answer, read_answers
from market_dialogue.intake.fitting import MOST_CHARACTERS, Given, fit

__all__ = ["MOST_BYTES", "MOST_CHARACTERS", "MOST_FILES", "Given", "fit", "read_answer", "read_answers"]
