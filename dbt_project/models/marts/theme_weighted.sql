with

sums as (
    select * from {{ ref('int_survey__code_sums') }}
),

poststratified as (
    select * from {{ ref('int_survey__poststratified') }}
),

methods as (
    select * from {{ ref('figure_method') }}
    where scope = 'global'
),

figures as (
    select
        sums.*,
        methods.method,
        methods.definition,
        case methods.method
            when 'M3' then poststratified.members_naming
            when 'M4' then sums.votes
            when 'M5' then sums.rank_weights
            else sums.respondents
        end as numerator,
        case methods.method
            when 'M3' then poststratified.members
            when 'M4' then sums.coded
            else sums.answering
        end as denominator,
        case methods.method
            when 'M3' then poststratified.n_eff
            when 'M4' then sums.coded
            else sums.answering
        end as n_eff,
        case methods.method
            when 'M3' then 'members'
            when 'M4' then sums.denominator_kind || '_coded'
            else sums.denominator_kind
        end as figure_kind
    from sums
    cross join methods
    left join poststratified
        on
            sums.survey_id = poststratified.survey_id
            and sums.wave = poststratified.wave
            and sums.question_id = poststratified.question_id
            and sums.level = poststratified.level
            and sums.code = poststratified.code
),

-- rounded, since a sum of fractions depends on the order they come in
shares as (
    select
        *,
        round(numerator / denominator, 6) as share,
        numerator * n_eff / denominator as hits
    from figures
    where numerator is not null
)

select
    survey_id,
    wave,
    question_id,
    level,
    code,
    method,
    definition,
    rank() over (
        partition by survey_id, wave, question_id, level, method
        order by case when code like 'ZZ%' then 1 else 0 end, share desc
    ) as rank,
    respondents,
    round(numerator, 6) as numerator,
    denominator,
    figure_kind as denominator_kind,
    share,
    {{ wilson_low('hits', 'n_eff') }} as ci_low,
    {{ wilson_high('hits', 'n_eff') }} as ci_high,
    round(n_eff, 6) as n_eff,
    answering < 5 as is_small,
    respondents = 1 as is_single
from shares
order by survey_id, wave, question_id, level, method, rank, code
