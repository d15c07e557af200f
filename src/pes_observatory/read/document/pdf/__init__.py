"""PDF to blocks: words with their places, lines, tables, paragraphs, and their order."""
