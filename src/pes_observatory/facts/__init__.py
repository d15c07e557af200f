"""Facts in documents: what rules propose, and what a person made of it."""
