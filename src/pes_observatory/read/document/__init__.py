"""Documents: passages per format."""
