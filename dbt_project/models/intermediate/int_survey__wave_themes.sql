with

answered as (
    select * from {{ ref('int_survey__answered') }}
),

mentions as (
    select * from {{ ref('int_survey__mentions') }}
    where level = 'theme' and code not like 'ZZ%'
),

asked as (
    select
        survey_id,
        wave,
        min(denominator_kind) as denominator_kind,
        count(distinct counted_id) as denominator
    from answered
    group by survey_id, wave
),

-- whoever named a theme on any question named it once
named as (
    select
        survey_id,
        wave,
        code as theme_code,
        count(distinct counted_id) as respondents
    from mentions
    group by survey_id, wave, code
)

select
    named.survey_id,
    named.wave,
    named.theme_code,
    named.respondents,
    asked.denominator,
    asked.denominator_kind
from named
inner join asked on named.survey_id = asked.survey_id and named.wave = asked.wave
