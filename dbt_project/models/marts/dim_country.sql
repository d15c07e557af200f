with

countries as (
    select * from {{ ref('country') }}
)

select
    country_iso3,
    country_iso2,
    name_fr,
    name_en,
    name_es,
    un_subregion
from countries
order by country_iso3
