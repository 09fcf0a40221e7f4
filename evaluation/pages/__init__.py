"""Pages of the evaluation in the web application."""
