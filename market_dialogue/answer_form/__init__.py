"""The answer form: a workbook with the questions of a dialogue, written for respondents and read when it comes back."""

from market_dialogue.answer_form.layout import write_answer_form
from market_dialogue.answer_form.reading import FormReading, read_answer_form

__all__ = ["FormReading", "read_answer_form", "write_answer_form"]
