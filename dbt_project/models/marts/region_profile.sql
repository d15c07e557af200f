with

figures as (
    select * from {{ ref('int_indicator__yearly') }}
),

pes as (
    select * from {{ ref('pes') }}
),

members as (
    select distinct
        region_id,
        country_iso3
    from pes
    where region_id is not null and country_iso3 is not null
),

regions as (
    select
        region_id,
        count(*) as region_countries
    from members
    group by region_id
),

years as (
    select
        members.region_id,
        figures.concept_id,
        figures.period_year,
        count(*) as countries,
        round(median(figures.value), 6) as median,
        min(figures.value) as lowest,
        max(figures.value) as highest,
        cast(sum(case when figures.basis = 'modelled' then 1 else 0 end) as bigint) as countries_modelled
    from figures
    inner join members on figures.country_iso3 = members.country_iso3
    group by members.region_id, figures.concept_id, figures.period_year
),

-- a year that few countries have reported yet would compare those alone
compared as (
    select
        *,
        max(countries) over (partition by region_id, concept_id) as most_countries
    from years
),

ranked as (
    select
        *,
        row_number() over (partition by region_id, concept_id order by period_year desc) as recency
    from compared
    where 2 * countries >= most_countries
)

select
    ranked.region_id,
    ranked.concept_id,
    ranked.period_year,
    ranked.countries,
    ranked.median,
    ranked.lowest,
    ranked.highest,
    ranked.countries_modelled,
    regions.region_countries,
    round(ranked.countries / cast(regions.region_countries as double), 6) as coverage,
    ranked.countries < 5 as is_small
from ranked
inner join regions on ranked.region_id = regions.region_id
where ranked.recency = 1
order by ranked.region_id, ranked.concept_id
