with

responses as (
    select * from {{ ref('int_survey__responses') }}
),

memberships as (
    select
        pes_id,
        cast(substring(member_since, 1, 4) as integer) as first_year,
        cast(substring(member_until, 1, 4) as integer) as last_year
    from {{ ref('wapes_membership') }}
),

pes as (
    select * from {{ ref('pes') }}
),

-- where no respondent is printed, nobody can say which member answered
waves as (
    select distinct
        survey_id,
        wave
    from responses
    where resolution <> 'anonymous'
),

members as (
    select distinct
        waves.survey_id,
        waves.wave,
        pes.region_id,
        pes.pes_id
    from waves
    inner join memberships
        on
            waves.wave >= memberships.first_year
            and waves.wave <= coalesce(memberships.last_year, waves.wave)
    inner join pes on memberships.pes_id = pes.pes_id
)

select * from members
