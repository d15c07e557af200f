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

{# The sha256 of a text's UTF-8 bytes, in hex. #}
{% macro sha256_of(text) -%}
    {{ adapter.dispatch('sha256_of')(text) }}
{%- endmacro %}

{% macro default__sha256_of(text) -%}
    encode(sha256(convert_to({{ text }}, 'UTF8')), 'hex')
{%- endmacro %}

{% macro duckdb__sha256_of(text) -%}
    sha256({{ text }})
{%- endmacro %}

{# The part of a text between two offsets, counted in characters from 0. #}
{% macro part_of(text, span_start, span_end) -%}
    substring({{ text }}, {{ span_start }} + 1, {{ span_end }} - {{ span_start }})
{%- endmacro %}

{# What stands after the last separator, the whole text where there is none. #}
{% macro last_part(text, separator) -%}
    {{ dbt.split_part(text, "'" ~ separator ~ "'", -1) }}
{%- endmacro %}
