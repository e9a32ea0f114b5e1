"""One thin module a command: options, then pricing, then a form."""
