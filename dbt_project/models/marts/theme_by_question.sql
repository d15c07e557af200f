with

answered as (
    select * from {{ ref('int_survey__answered') }}
),

mentions as (
    select * from {{ ref('int_survey__mentions') }}
),

methods as (
    select * from {{ ref('figure_method') }}
    where method = 'plain'
),

denominators as (
    select
        survey_id,
        wave,
        question_id,
        denominator_kind,
        count(distinct counted_id) as denominator
    from answered
    group by survey_id, wave, question_id, denominator_kind
),

counts as (
    select
        survey_id,
        wave,
        question_id,
        level,
        code,
        count(distinct counted_id) as respondents,
        count(*) as mentions
    from mentions
    group by survey_id, wave, question_id, level, code
),

-- residual codes (ZZ) stay visible, behind the themes
ranked as (
    select
        *,
        rank() over (
            partition by survey_id, wave, question_id, level
            order by case when code like 'ZZ%' then 1 else 0 end, respondents desc, mentions desc
        ) as code_rank
    from counts
)

select
    ranked.survey_id,
    ranked.wave,
    ranked.question_id,
    ranked.level,
    ranked.code,
    methods.method,
    methods.definition,
    ranked.code_rank as rank,
    ranked.respondents,
    ranked.mentions,
    denominators.denominator,
    denominators.denominator_kind,
    cast(ranked.respondents as double) / denominators.denominator as share,
    {{ wilson_low('ranked.respondents', 'denominators.denominator') }} as ci_low,
    {{ wilson_high('ranked.respondents', 'denominators.denominator') }} as ci_high,
    denominators.denominator < 5 as is_small,
    ranked.respondents = 1 as is_single
from ranked
inner join denominators
    on
        ranked.survey_id = denominators.survey_id
        and ranked.wave = denominators.wave
        and ranked.question_id = denominators.question_id
cross join methods
order by ranked.survey_id, ranked.wave, ranked.question_id, ranked.level, ranked.code_rank, ranked.code
