"""Review: what people code, given to them and taken back, and exports for coders' own tools."""
