{# Whether a series has all of the codes that a slice names, as dim=code. #}
{% macro has_all_terms(series_key, terms) -%}
    {{ adapter.dispatch('has_all_terms')(series_key, terms) }}
{%- endmacro %}

{% macro default__has_all_terms(series_key, terms) -%}
    {{ exceptions.raise_compiler_error("has_all_terms is not written for " ~ target.type) }}
{%- endmacro %}

{% macro duckdb__has_all_terms(series_key, terms) -%}
    list_has_all(string_split({{ series_key }}, ';'), {{ terms }})
{%- endmacro %}

{# The elements of a list, a row each. #}
{% macro each_of(list) -%}
    unnest({{ list }})
{%- endmacro %}

{# Two comma-joined lists of statuses as one: each status once, in order; 'normal' where there is no other. #}
{% macro joined_statuses(a, b) -%}
    {{ adapter.dispatch('joined_statuses')(a, b) }}
{%- endmacro %}

{% macro default__joined_statuses(a, b) -%}
    {{ exceptions.raise_compiler_error("joined_statuses is not written for " ~ target.type) }}
{%- endmacro %}

{% macro duckdb__joined_statuses(a, b) -%}
    coalesce(
        nullif(
            array_to_string(
                list_sort(
                    list_distinct(
                        list_filter(
                            string_split(concat_ws(',', {{ a }}, {{ b }}), ','),
                            lambda each: each not in ('', 'normal')
                        )
                    )
                ), ','
            ), ''
        ), 'normal'
    )
{%- endmacro %}
