"""Typed declarations of the JSON documents and of the input files, from which schemas come."""
