{# A printed number as it stands, to 15 decimals: no binary fraction, so that differences are exact. Null
   where the text is no number. #}
{% macro exact_number(text) -%}
    {{ adapter.dispatch('exact_number')(text) }}
{%- endmacro %}

{% macro default__exact_number(text) -%}
    {{ dbt.safe_cast(text, 'decimal(38, 15)') }}
{%- endmacro %}

{# dbt's own safe_cast is a plain cast on DuckDB #}
{% macro duckdb__exact_number(text) -%}
    try_cast({{ text }} as decimal(38, 15))
{%- endmacro %}

{# A printed number times its power of ten: 12.3 with unit_mult 3 is 12300. Null where that is too large: the
   gate keeps such rows out, and one must not stop a mart. #}
{% macro scaled_number(text, unit_mult) -%}
    {%- set digits = 'cast(' ~ exact_number(text) ~ ' as varchar)' -%}
    {%- set power = 'cast(' ~ unit_mult ~ ' as varchar)' -%}
    case
        when coalesce({{ unit_mult }}, 0) = 0 then {{ exact_number(text) }}
        else {{ exact_number(digits ~ " || 'e' || " ~ power) }}
    end
{%- endmacro %}

{# 100 * part / whole to six decimals, halves away from zero; null where the whole is 0 or unknown. #}
{% macro percentage_of(part, whole) -%}
    {{ adapter.dispatch('percentage_of')(part, whole) }}
{%- endmacro %}

{% macro default__percentage_of(part, whole) -%}
    round(100 * {{ part }} / nullif({{ whole }}, 0), 6)
{%- endmacro %}

{# DuckDB divides decimals as binary fractions, but whole numbers exactly: both are counted in millionths. #}
{% macro duckdb__percentage_of(part, whole) -%}
    {%- set millionths = 'cast(abs(' ~ part ~ ') * 1000000 as hugeint)' -%}
    {%- set of_whole = 'nullif(cast(abs(' ~ whole ~ ') * 1000000 as hugeint), 0)' -%}
    sign({{ part }}) * sign({{ whole }}) * 0.000001
    * ((200000000 * {{ millionths }} + {{ of_whole }}) // (2 * {{ of_whole }}))
{%- endmacro %}
