{# Interval at 95 % of the difference of two shares, now minus before, from the Wilson interval of each, by
   method 10 of R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics
   in Medicine 17 (1998), 873-890. It takes the two groups as independent. PES that answered both times are
   not; mostly they answer alike, and the interval is then wider than it need be: less is called a change. #}
{% macro newcombe_low(share, low, before, before_high) -%}
    {{ newcombe_bound(share, low, before, before_high, '-') }}
{%- endmacro %}

{% macro newcombe_high(share, high, before, before_low) -%}
    {{ newcombe_bound(share, high, before, before_low, '+') }}
{%- endmacro %}

{% macro newcombe_bound(share, bound, before, before_bound, sign) -%}
    round(
        {{ share }} - {{ before }} {{ sign }}
        sqrt(power({{ share }} - {{ bound }}, 2) + power({{ before }} - {{ before_bound }}, 2)), 6
    )
{%- endmacro %}
