with

pes as (
    select * from {{ ref('pes') }}
)

select
    pes_id,
    pes_name,
    country_iso3,
    region_id,
    region_basis,
    region_source,
    region_valid_from,
    region_valid_until
from pes
order by pes_id
