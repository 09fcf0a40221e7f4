"""The market dialogue: questions out, answers in, and what changed because of them."""
