with

expected (area_scheme, area_code, country_iso3, area_kind) as (
    values
    ('eurostat', 'EL', 'GRC', 'country'),
    ('eurostat', 'UK', 'GBR', 'country'),
    ('eurostat', 'XK', 'XKX', 'country'),
    ('eurostat', 'BE', 'BEL', 'country'),
    ('eurostat', 'BG', 'BGR', 'country'),
    ('eurostat', 'NA', 'NAM', 'country'),
    ('eurostat', 'FRA', 'FRA', 'region'),
    ('eurostat', 'BE10', 'BEL', 'region'),
    ('eurostat', 'EU27_2020', null, 'aggregate'),
    ('eurostat', 'EA21', null, 'aggregate'),
    ('iso2', 'NA', 'NAM', 'country'),
    ('iso2', 'GR', 'GRC', 'country'),
    ('iso2', 'ZH', null, 'aggregate'),
    ('iso3', 'BEL', 'BEL', 'country'),
    ('iso3', 'NAM', 'NAM', 'country'),
    ('iso3', 'KOS', 'XKX', 'country'),
    ('iso3', 'XKV', 'XKX', 'country'),
    ('iso3', 'X01', null, 'aggregate'),
    ('iso3', 'OECD', null, 'aggregate'),
    ('iso3', 'ANT', null, 'historical')
),

areas as (
    select * from {{ ref('geo_area') }}
)

select
    expected.*,
    areas.country_iso3 as found_country,
    areas.area_kind as found_kind
from expected
left join areas
    on expected.area_scheme = areas.area_scheme and expected.area_code = areas.area_code
where
    areas.area_code is null
    or areas.country_iso3 is distinct from expected.country_iso3
    or areas.area_kind is distinct from expected.area_kind
