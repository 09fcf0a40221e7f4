"""The command line of the evaluation: each command reads its arguments, calls one act, and shows what came of it."""
