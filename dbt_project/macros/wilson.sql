{# Wilson score interval at 95 % of k successes among n, rounded to 6 digits; null when n is 0. #}
{% macro wilson_low(k, n) -%}
    {{ wilson_bound(k, n, '-') }}
{%- endmacro %}

{% macro wilson_high(k, n) -%}
    {{ wilson_bound(k, n, '+') }}
{%- endmacro %}

{% macro wilson_bound(k, n, sign) -%}
{%- set z = 1.959963984540054 -%}
{%- set successes = 'cast(' ~ k ~ ' as double)' -%}
    case when {{ n }} > 0 then round(
        greatest(0, least(1, (
            {{ successes }} + {{ z ** 2 / 2 }}
            {{ sign }} {{ z }} * sqrt({{ successes }} * ({{ n }} - {{ k }}) / {{ n }} + {{ z ** 2 / 4 }})
        ) / ({{ n }} + {{ z ** 2 }}))), 6
    ) end
{%- endmacro %}
