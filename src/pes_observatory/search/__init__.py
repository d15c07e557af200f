"""Full-text search over passages and published verbatims, inside the warehouse file."""
