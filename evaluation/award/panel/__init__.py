"""The panel: who may judge, what each owes, what may be given, how levels become a consensus. Pure rules only."""
