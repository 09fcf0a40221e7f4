"""The tables of the open data annex as a chapter: how each is laid out, drawn and used for a price."""

from tender.documents.chapter.charting import chart_of, chart_plan
from tender.documents.chapter.grid import Grid, grid_of
from tender.documents.chapter.pricing import PriceBasis, flow_months, price_bases

__all__ = ["Grid", "PriceBasis", "chart_of", "chart_plan", "flow_months", "grid_of", "price_bases"]
