{# The adapter's own version asks for the existing columns first and skips what it does not find.
   Here a described column that does not exist is an error, and each relation costs one query less. #}
{% macro duckdb__alter_column_comment(relation, column_dict) %}
    {% for name, column in column_dict.items() if column.description %}
        comment on column {{ relation }}.{{ adapter.quote(name) }} is {{ duckdb_escape_comment(column.description) }};
    {% endfor %}
{% endmacro %}
