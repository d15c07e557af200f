"""The warehouse: what goes into a build, and the build by dbt in a file of its own."""
