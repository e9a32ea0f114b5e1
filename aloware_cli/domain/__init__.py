"""Nouns: frozen values with no input, no output and no printing.

They are named tuples, not data classes: frozen and without a dictionary just
the same, but a fifth of the start-up time each.
"""
