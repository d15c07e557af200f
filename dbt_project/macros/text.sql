{# All values of a group in one text. #}
{% macro listed(measure, order_by, separator=',') -%}
    {{ dbt.listagg(measure, "'" ~ separator ~ "'", "order by " ~ order_by) }}
{%- endmacro %}

{# 0 for equal texts, 1 for texts with nothing in common: only to propose names to a person. #}
{% macro text_distance(a, b) -%}
    {{ adapter.dispatch('text_distance')(a, b) }}
{%- endmacro %}

{% macro default__text_distance(a, b) -%}
    levenshtein({{ a }}, {{ b }}) / cast(greatest(length({{ a }}), length({{ b }}), 1) as double)
{%- endmacro %}

{% macro duckdb__text_distance(a, b) -%}
    1 - jaro_winkler_similarity({{ a }}, {{ b }})
{%- endmacro %}
