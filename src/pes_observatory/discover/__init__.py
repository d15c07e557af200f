"""Discovery: which documents a collection has, found by identifiers that outlive addresses."""
