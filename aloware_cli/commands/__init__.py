"""The commands, one module each: options, then pricing, then a format."""
