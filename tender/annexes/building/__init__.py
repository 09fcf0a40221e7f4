"""From true counts to an annex that may be published: tables linked, protected, audited, and fit to the declaration."""
