{# The 97.5 % quantile of Student's t with `df` degrees of freedom, a number that need not be whole, by
   G. W. Hill, Algorithm 396: Student's t-quantiles, Communications of the ACM 13 (1970), 619-620.
   Its relative error is 4e-4 at 2 degrees of freedom and under 3e-6 from 3 on; below 2 it is not for use.
   `p` is the probability in both tails, `z` the quantile of the normal law that belongs to it. #}
{% macro t_quantile(df) -%}
    {%- set p, z = 0.05, -1.959963984540054 -%}
    {%- set z2, shift = z ** 2, z + 0.6 -%}
    {%- set a = '(1 / (' ~ df ~ ' - 0.5))' -%}
    {%- set b = '(48 / power(' ~ a ~ ', 2))' -%}
    {%- set c = '(((20700 * ' ~ a ~ ' / ' ~ b ~ ' - 98) * ' ~ a ~ ' - 16) * ' ~ a ~ ' + 96.36)' -%}
    {%- set d = '(((94.5 / (' ~ b ~ ' + ' ~ c ~ ') - 3) / ' ~ b ~ ' + 1) * sqrt(' ~ a ~ ' * pi() / 2) * '
        ~ df ~ ')' -%}
    {%- set y = 'power(' ~ d ~ ' * ' ~ p ~ ', 2.0 / ' ~ df ~ ')' -%}
    {%- set few = '(case when ' ~ df ~ ' < 5 then 0.3 * (' ~ df ~ ' - 4.5) * (' ~ shift ~ ') else 0 end)' -%}
    {%- set near = '((((0.05 * ' ~ d ~ ' * ' ~ z ~ ' - 5) * ' ~ z ~ ' - 7) * ' ~ z ~ ' - 2) * ' ~ z
        ~ ' + ' ~ b ~ ' + ' ~ c ~ ' + ' ~ few ~ ')' -%}
    {%- set body = (((0.4 * z2 + 6.3) * z2 + 36) * z2 + 94.5) -%}
    {%- set normal = '(((' ~ body ~ ' / ' ~ near ~ ' - ' ~ z2 ~ ' - 3) / ' ~ b ~ ' + 1) * ' ~ z ~ ')' -%}
    {%- set tail = '((1 / (((' ~ df ~ ' + 6) / (' ~ df ~ ' * ' ~ y ~ ') - 0.089 * ' ~ d ~ ' - 0.822) * (' ~ df
        ~ ' + 2) * 3) + 0.5 / (' ~ df ~ ' + 4)) * ' ~ y ~ ' - 1) * (' ~ df ~ ' + 1) / (' ~ df ~ ' + 2) + 1 / '
        ~ y -%}
    case
        when {{ y }} > {{ a }} + 0.05 then sqrt({{ df }} * (exp({{ a }} * power({{ normal }}, 2)) - 1))
        else sqrt({{ df }} * ({{ tail }}))
    end
{%- endmacro %}
