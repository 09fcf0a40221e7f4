"""Pages of the market dialogue: a respondent's way from the personal link to the receipt."""
