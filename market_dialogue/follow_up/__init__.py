"""What became of the answers: question → answer → codes → decision → target → difference.

Pure: the record's state and two states of the tender in, one trace matrix out.
"""
