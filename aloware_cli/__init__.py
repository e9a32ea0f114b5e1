"""Exact, sourced cost estimates for Aloware's three plans."""

__version__ = "0.1.0"
