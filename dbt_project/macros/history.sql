{# What was believed at a moment (a timestamp, UTC), as a condition on rows with valid_from and valid_to, such
   as those of int_indicator__history and of the mart indicator_history. A row holds from valid_from on, until just before valid_to.
   A bare date is its first instant: for what was believed by the end of 31 March, name 1 April. #}
{% macro as_of(moment, relation=none) -%}
    {%- set row = relation ~ '.' if relation else '' -%}
    {{ row }}valid_from <= {{ moment }} and ({{ row }}valid_to is null or {{ moment }} < {{ row }}valid_to)
{%- endmacro %}
