with

regions as (
    select * from {{ ref('region') }}
)

select
    region_id,
    name_fr,
    name_en,
    name_es
from regions
order by region_id
