{# A build begins with an empty database: each table is made under its own name, with its comments, in one
   query. The adapter's own version makes it under another name, renames it and drops what it replaces. #}
{% materialization table, adapter='duckdb' %}
    {%- set table = this.incorporate(type='table') -%}
    {{ drop_relation_if_exists(load_cached_relation(this)) }}
    {% call statement('main') -%}
        {{ create_table_as(False, table, compiled_code) }}
        {{ comments(table, model) }}
    {%- endcall %}
    {{ adapter.commit() }}
    {{ return({'relations': [table]}) }}
{% endmaterialization %}
