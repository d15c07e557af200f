"""Sources: what is ingested, declared in one YAML file each."""
