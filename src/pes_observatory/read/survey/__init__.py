"""Survey exports: cells per tool, then answers by the column map."""
