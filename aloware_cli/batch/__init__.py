"""Batches: rows in, the same rows with what they cost out."""
