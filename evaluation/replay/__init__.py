"""Third-party recomputation: a bundle from which anyone computes an award again, and the comparison with what it says.

The bundle holds the published method, the bids as public, the levels, the seed of the lots, and the result. Nothing of
it needs the record: `findings_of` computes everything anew and names every number that differs.
"""

from __future__ import annotations

from evaluation.replay.bundle import AWARD_BUNDLE, Award, bundle_files
from evaluation.replay.reading import Bundle, read_bundle
from evaluation.replay.recomputing import Replayed, replayed

__all__ = ["AWARD_BUNDLE", "Award", "Bundle", "Replayed", "bundle_files", "read_bundle", "replayed"]
