{# How precise a date is that was written as it is known: 2021, 2021-06 or 2021-06-24. #}
{% macro date_precision(written) -%}
    case length({{ written }}) when 4 then 'year' when 7 then 'month' when 10 then 'day' end
{%- endmacro %}

{# The same day so many years before. #}
{% macro years_before(day, years) -%}
    cast({{ dbt.dateadd('year', -years, day) }} as date)
{%- endmacro %}
