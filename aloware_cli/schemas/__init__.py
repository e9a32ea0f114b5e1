"""JSON documents and input files: typed declarations, and the JSON Schemas generated from them."""
