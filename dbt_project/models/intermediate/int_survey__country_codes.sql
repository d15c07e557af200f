with

mentions as (
    select * from {{ ref('int_survey__mentions') }}
)

-- a country has named what any of its PES named, on any question
select distinct
    survey_id,
    wave,
    country_iso3,
    code
from mentions
where level in ('theme', 'subtheme') and country_iso3 is not null
