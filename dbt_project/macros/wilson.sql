{# Wilson score interval at 95 % of k successes among n, rounded to 6 digits; null when n is 0.
   E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209-212.

   With `members`, the size N of the population that the n were drawn from, the finite-population factor
   sqrt((N - n) / (N - 1)) (Cochran, Sampling Techniques, 3rd ed. 1977, section 2.6) enters as an effective sample
   size: n (N - 1) / (N - n) takes the place of n and the share stays (Korn and Graubard, Survey Methodology 24
   (1998), 193-201). All members answered, n = N: no width, both bounds are the share itself. N unknown, or under n:
   no correction. The column fpc says which. #}
{% macro wilson_low(k, n, members=none) -%}
    {{ wilson_bound(k, n, '-', members) }}
{%- endmacro %}

{% macro wilson_high(k, n, members=none) -%}
    {{ wilson_bound(k, n, '+', members) }}
{%- endmacro %}

{% macro wilson_bound(k, n, sign, members=none) -%}
    {%- set z = 1.959963984540054 -%}
    {%- set z2 = z ** 2 -%}
    {%- set hits = 'cast(' ~ k ~ ' as double)' -%}
    {%- set growth = '1' -%}
    {%- if members -%}
        {%- set larger = members ~ ' > ' ~ n -%}
        {%- set factor = 'cast(' ~ members ~ ' - 1 as double) / (' ~ members ~ ' - ' ~ n ~ ')' -%}
        {%- set growth = 'case when ' ~ larger ~ ' then ' ~ factor ~ ' else 1 end' -%}
    {%- endif -%}
    {%- set variance = growth ~ ' * ' ~ hits ~ ' * (' ~ n ~ ' - ' ~ k ~ ') / ' ~ n -%}
    {%- set root = 'sqrt(greatest(0, ' ~ variance ~ ') + ' ~ z2 / 4 ~ ')' -%}
    {%- set sum = growth ~ ' * ' ~ hits ~ ' + ' ~ z2 / 2 ~ ' ' ~ sign ~ ' ' ~ z ~ ' * ' ~ root -%}
    {%- set bound = '(' ~ sum ~ ') / (' ~ growth ~ ' * ' ~ n ~ ' + ' ~ z2 ~ ')' -%}
    case
        when {{ n }} > 0 and {{ members or 0 }} = {{ n }} then {{ hits }} / {{ n }}
        when {{ n }} > 0 then round(greatest(0, least(1, {{ bound }})), 6)
    end
{%- endmacro %}

{# Whether the finite-population correction was applied, and if not, why. #}
{% macro fpc(n, members, frame_members) -%}
    case
        when {{ members }} is null then 'members_unknown'
        when {{ frame_members }} is null then 'members_incomplete'
        when {{ frame_members }} < {{ n }} then 'fewer_members_than_respondents'
        else 'applied'
    end
{%- endmacro %}
