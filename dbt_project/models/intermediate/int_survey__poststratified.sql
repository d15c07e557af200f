with

-- only regions whose members are known can be weighted by them
strata as (
    select * from {{ ref('int_survey__strata') }}
    where members > 0
),

named as (
    select
        survey_id,
        wave,
        question_id,
        region_id,
        level,
        code,
        count(*) as respondents
    from {{ ref('int_survey__named') }}
    group by survey_id, wave, question_id, region_id, level, code
),

-- with w_r = (N_r / N) / (n_r / n), (sum of w)^2 / (sum of w^2) comes to N^2 / sum of N_r^2 / n_r
totals as (
    select
        survey_id,
        wave,
        question_id,
        cast(sum(members) as bigint) as members,
        round(power(sum(members), 2) / sum(cast(members * members as double) / respondents), 9) as n_eff
    from strata
    group by survey_id, wave, question_id
),

naming as (
    select
        named.survey_id,
        named.wave,
        named.question_id,
        named.level,
        named.code,
        round(sum(strata.members * cast(named.respondents as double) / strata.respondents), 9)
            as members_naming
    from named
    inner join strata
        on
            named.survey_id = strata.survey_id
            and named.wave = strata.wave
            and named.question_id = strata.question_id
            and named.region_id = strata.region_id
    group by named.survey_id, named.wave, named.question_id, named.level, named.code
)

select
    naming.survey_id,
    naming.wave,
    naming.question_id,
    naming.level,
    naming.code,
    naming.members_naming,
    totals.members,
    totals.n_eff
from naming
inner join totals
    on
        naming.survey_id = totals.survey_id
        and naming.wave = totals.wave
        and naming.question_id = totals.question_id
