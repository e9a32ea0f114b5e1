"""Verbs: pure functions from a rate card and an order to a quote."""
