"""Every frozen noun of the whole process, from the tender to its payments; the upper houses hold behaviour only."""
