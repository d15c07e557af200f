{{ config(severity='warn') }}

select distinct
    observations.source_id,
    observations.area_scheme,
    observations.ref_area
from {{ ref('stg_indicator__observations') }} as observations
left join {{ ref('geo_area') }} as areas
    on observations.area_scheme = areas.area_scheme and observations.ref_area = areas.area_code
where observations.is_headline and areas.area_code is null
