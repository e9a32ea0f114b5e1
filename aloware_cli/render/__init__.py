"""Forms: a finished quote in, text out. They lay out and never calculate."""
