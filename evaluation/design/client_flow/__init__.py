"""How clients may flow: choice, caps, queue, endings, jobs, money; drawn many times, and held to the exact mean."""

from evaluation.design.client_flow.simulate import BLOCK, Executor, courses_of, simulate
from evaluation.design.client_flow.summary import found_of

__all__ = ["BLOCK", "Executor", "courses_of", "found_of", "simulate"]
