{{ config(severity='warn') }}

select distinct
    observations.source_id,
    observations.area_scheme,
    observations.ref_area
from {{ ref('stg_indicator__observations') }} as observations
inner join {{ ref('int_indicator__series') }} as series
    on observations.source_id = series.source_id and observations.series_key = series.series_key
left join {{ ref('geo_area') }} as areas
    on observations.area_scheme = areas.area_scheme and observations.ref_area = areas.area_code
where areas.area_code is null
