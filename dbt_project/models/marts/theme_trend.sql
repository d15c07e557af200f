with

series as (
    select * from {{ ref('int_survey__share_series') }}
),

methods as (
    select * from {{ ref('figure_method') }}
    where method = 'trend'
),

beside as (
    select
        series.*,
        earlier.respondents as previous_numerator,
        earlier.answering as previous_denominator,
        earlier.share as previous_share,
        earlier.ci_low as previous_low,
        earlier.ci_high as previous_high,
        case
            when earlier.denominator_kind <> series.denominator_kind then 'denominator'
            when earlier.is_changed or (series.is_changed and earlier.code is not null) then 'codebook'
        end as break_reason
    from series
    left join series as earlier
        on
            series.survey_id = earlier.survey_id
            and series.previous_wave = earlier.wave
            and series.question_id = earlier.question_id
            and series.level = earlier.level
            and series.code = earlier.code
),

changes as (
    select
        beside.*,
        methods.method,
        methods.definition,
        round(beside.share - beside.previous_share, 6) as difference,
        {{ newcombe_low('beside.share', 'beside.ci_low', 'beside.previous_share', 'beside.previous_high') }}
            as difference_low,
        {{ newcombe_high('beside.share', 'beside.ci_high', 'beside.previous_share', 'beside.previous_low') }}
            as difference_high,
        beside.previous_wave is not null and beside.break_reason is null as is_comparable
    from beside
    cross join methods
)

select
    survey_id,
    question_id,
    level,
    code,
    wave,
    previous_wave,
    method,
    definition,
    respondents as numerator,
    answering as denominator,
    denominator_kind,
    share,
    ci_low,
    ci_high,
    previous_numerator,
    previous_denominator,
    previous_share,
    respondents_in_both,
    case when is_comparable then difference end as change,
    case when is_comparable then difference_low end as change_low,
    case when is_comparable then difference_high end as change_high,
    case
        when is_comparable and difference_low > 0 then 'up'
        when is_comparable and difference_high < 0 then 'down'
        when is_comparable then 'unclear'
    end as direction,
    break_reason is not null as is_break,
    break_reason,
    least(answering, coalesce(previous_denominator, answering)) < 5 as is_small
from changes
order by survey_id, question_id, level, code, wave
