{# The only places where the project touches files: landed rows and the run's own records. #}
{% macro landing(contract) -%}
    {{ parquet_rows(var('landing_' ~ contract)) }}
{%- endmacro %}

{% macro meta_input(name) -%}
    {{ parquet_rows([var('meta_dir') ~ '/' ~ name ~ '.parquet']) }}
{%- endmacro %}

{% macro parquet_rows(paths) -%}
    {{ adapter.dispatch('parquet_rows')(paths) }}
{%- endmacro %}

{% macro default__parquet_rows(paths) -%}
    {{ exceptions.raise_compiler_error("parquet_rows is not written for " ~ target.type) }}
{%- endmacro %}

{% macro duckdb__parquet_rows(paths) -%}
    {%- if execute and not paths -%}
        {{ exceptions.raise_compiler_error("No Parquet path was given for " ~ model.name ~ ": pass it in --vars") }}
    {%- endif -%}
    read_parquet(
        [{% for path in paths %}'{{ path | replace("'", "''") }}'{{ ", " if not loop.last }}{% endfor %}],
        hive_partitioning = false
    )
{%- endmacro %}
