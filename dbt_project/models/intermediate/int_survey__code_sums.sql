with

answered as (
    select
        survey_id,
        wave,
        question_id,
        denominator_kind,
        count(distinct counted_id) as answering
    from {{ ref('int_survey__answered') }}
    group by survey_id, wave, question_id, denominator_kind
),

named as (
    select * from {{ ref('int_survey__named') }}
),

coded as (
    select
        survey_id,
        wave,
        question_id,
        level,
        count(distinct counted_id) as coded
    from named
    group by survey_id, wave, question_id, level
),

sums as (
    select
        survey_id,
        wave,
        question_id,
        level,
        code,
        count(*) as respondents,
        round(sum(cast(1 as double) / codes_named), 9) as votes,
        round(sum(rank_weight), 9) as rank_weights
    from named
    group by survey_id, wave, question_id, level, code
)

select
    sums.survey_id,
    sums.wave,
    sums.question_id,
    sums.level,
    sums.code,
    sums.respondents,
    sums.votes,
    sums.rank_weights,
    coded.coded,
    answered.answering,
    answered.denominator_kind
from sums
inner join coded
    on
        sums.survey_id = coded.survey_id
        and sums.wave = coded.wave
        and sums.question_id = coded.question_id
        and sums.level = coded.level
inner join answered
    on
        sums.survey_id = answered.survey_id
        and sums.wave = answered.wave
        and sums.question_id = answered.question_id
