with

lines as (
    select * from {{ ref('int_indicator__lines') }}
),

declared as (
    select * from {{ ref('series_break') }}
),

formed as (
    select
        country_iso3,
        max(valid_from) as valid_from
    from {{ ref('geo_area') }}
    where area_kind = 'country' and valid_from is not null
    group by country_iso3
),

by_concept as (
    select
        lines.concept_id,
        lines.country_iso3,
        lines.freq,
        lines.period_start,
        declared.kind as break_kind,
        declared.note
    from lines
    inner join declared
        on
            lines.concept_id = declared.concept_id
            and lines.provider = declared.provider
            and lines.country_iso3 = coalesce(declared.country_iso3, lines.country_iso3)
            and lines.period_start >= declared.period_start
            and lines.previous_start < declared.period_start
),

-- providers calculate back for countries of today: a figure of before stays, and is told from those after
by_area as (
    select
        lines.concept_id,
        lines.country_iso3,
        lines.freq,
        lines.period_start,
        'area' as break_kind,
        'the country exists within its borders since ' || formed.valid_from as note
    from lines
    inner join formed
        on
            lines.country_iso3 = formed.country_iso3
            and lines.period_start >= formed.valid_from
            and lines.previous_start < formed.valid_from
)

select * from by_concept
union all
select * from by_area
