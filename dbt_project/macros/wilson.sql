{# Wilson score interval at 95 % of k successes among n, rounded to 6 digits; null when n is 0. #}
{% macro wilson_low(k, n) -%}
    {{ wilson_bound(k, n, '-') }}
{%- endmacro %}

{% macro wilson_high(k, n) -%}
    {{ wilson_bound(k, n, '+') }}
{%- endmacro %}

{% macro wilson_bound(k, n, sign) -%}
    {%- set z = 1.959963984540054 -%}
    {%- set z2 = z ** 2 -%}
    {%- set hits = 'cast(' ~ k ~ ' as double)' -%}
    {%- set root = 'sqrt(' ~ hits ~ ' * (' ~ n ~ ' - ' ~ k ~ ') / ' ~ n ~ ' + ' ~ z2 / 4 ~ ')' -%}
    {%- set sum = hits ~ ' + ' ~ z2 / 2 ~ ' ' ~ sign ~ ' ' ~ z ~ ' * ' ~ root -%}
    {%- set bound = '(' ~ sum ~ ') / (' ~ n ~ ' + ' ~ z2 ~ ')' -%}
    case when {{ n }} > 0 then round(greatest(0, least(1, {{ bound }})), 6) end
{%- endmacro %}
