"""An evaluator's score sheet: a workbook with the announced scale, written for one evaluator and read back.

It shows documents' criteria and bidders, never a price and never another evaluator's level.
"""

from evaluation.score_sheet.layout import write_score_sheet
from evaluation.score_sheet.reading import SheetReading, read_score_sheet

__all__ = ["SheetReading", "read_score_sheet", "write_score_sheet"]
