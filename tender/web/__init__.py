"""The web application: one tender folder, served to the people who may see its parts. Works without scripts."""
