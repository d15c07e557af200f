"""Agreement: how far any two coders say the same of the same units."""
