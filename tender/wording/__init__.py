"""The lint of wording: rendered documents held against the term list, each other's languages, and themselves.

It looks at finished text, as its readers get it: a number that a template prints in one language only is found here,
wherever it came from. Rules are pure; `tender.publishing.wording` gives them the text.
"""
