"""Gates: suites of expectations that a load, and the built marts, must pass."""
