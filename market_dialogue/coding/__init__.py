"""What answers say: codes and their suggestions, numbers against the draft, and what the public may see of them.

Pure: everything here is reckoned from the questions, the answers and the state of the record. The machine suggests,
people decide; what they decide are events (`tender.record.dialogue`).
"""
