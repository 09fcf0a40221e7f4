"""The command line of the tender: each command reads its arguments, calls one function below, and shows the result."""
