with

sources as (
    select * from {{ ref('meta_sources') }}
    where kind = 'indicator' and indicator_id is not null
),

ranked as (
    select
        *,
        row_number() over (partition by indicator_id order by source_id) as source_rank
    from sources
)

select
    indicator_id,
    provider,
    dataset,
    indicator_label_fr as label_fr,
    indicator_label_en as label_en,
    indicator_label_es as label_es,
    indicator_unit as unit,
    indicator_definition as definition,
    indicator_themes as themes,
    source_id
from ranked
where source_rank = 1
order by indicator_id
