{% test always_true(model, condition) %}

select *
from {{ model }}
where not ({{ condition }})

{% endtest %}
