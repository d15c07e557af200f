{# The adapter's own version asks for the existing columns first and skips what it does not find.
   Here a described column that does not exist is an error, and all comments of a relation are one query. #}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) %}
    {% call statement('comments') %}{{ comments(relation, model) }}{% endcall %}
{% endmacro %}

{% macro comments(relation, model) %}
    {% if model.description %}
        comment on {{ relation.type }} {{ relation }} is {{ duckdb_escape_comment(model.description) }};
    {% endif %}
    {% for name, column in model.columns.items() if column.description %}
        comment on column {{ relation }}.{{ adapter.quote(name) }} is {{ duckdb_escape_comment(column.description) }};
    {% endfor %}
{% endmacro %}
