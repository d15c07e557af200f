{# A folded name without what people write around a name of the registry: an article, the form of a state and
   general words for a public employment service. "République démocratique" stays: it tells two countries apart. #}
{% macro bare_name(key) -%}
    {%- set service = 'pes|spe|public employment services?|services? publics? de l emploi'
        ~ '|servicios? publicos? de empleo' -%}
    {%- set form = 'republique|republica|republic|royaume|reino|kingdom|etat|state|federation|federacion' -%}
    {%- set of = 'de la|de l|de|du|des|del|d|of the|of|en|au|aux|in' -%}
    {%- set article = 'le|la|les|l|the|el|los|las' -%}
    {%- set service_of = '^((' ~ service ~ ') )?((' ~ of ~ ') )?' -%}
    {%- set state_of = '((' ~ article ~ ') )?((' ~ form ~ ') (' ~ of ~ ') )?' -%}
    regexp_replace(regexp_replace({{ key }}, '{{ service_of ~ state_of }}', ''), ' ({{ service }})$', '')
{%- endmacro %}
