{# The only places where the project touches files: one folder, `inputs_dir`, laid out before the build:
   <contract>/<source>.parquet for landed rows, meta/<name>.parquet for the run's own records. #}
{% macro landing(contract) -%}
    {{ parquet_rows(var('inputs_dir') ~ '/' ~ contract ~ '/*.parquet') }}
{%- endmacro %}

{% macro meta_input(name) -%}
    {{ parquet_rows(var('inputs_dir') ~ '/meta/' ~ name ~ '.parquet') }}
{%- endmacro %}

{# By name: a load that landed before its contract gained a column has null there. #}
{% macro parquet_rows(path) -%}
    {{ adapter.dispatch('parquet_rows')(path) }}
{%- endmacro %}

{% macro default__parquet_rows(path) -%}
    {{ exceptions.raise_compiler_error("parquet_rows is not written for " ~ target.type) }}
{%- endmacro %}

{% macro duckdb__parquet_rows(path) -%}
    read_parquet('{{ path | replace("'", "''") }}', hive_partitioning = false, union_by_name = true)
{%- endmacro %}
