with

respondents as (
    select distinct
        survey_id,
        wave,
        question_id,
        denominator_kind,
        counted_id,
        pes_id
    from {{ ref('int_survey__answered') }}
),

waves as (
    select
        survey_id,
        question_id,
        wave,
        min(denominator_kind) as denominator_kind,
        count(distinct counted_id) as answering,
        lag(wave) over (partition by survey_id, question_id order by wave) as previous_wave
    from respondents
    group by survey_id, question_id, wave
),

-- only a PES can be known again from wave to wave
came_back as (
    select
        waves.survey_id,
        waves.question_id,
        waves.wave,
        count(*) as respondents_in_both
    from waves
    inner join respondents
        on
            waves.survey_id = respondents.survey_id
            and waves.question_id = respondents.question_id
            and waves.wave = respondents.wave
    inner join respondents as earlier
        on
            waves.survey_id = earlier.survey_id
            and waves.question_id = earlier.question_id
            and waves.previous_wave = earlier.wave
            and respondents.pes_id = earlier.pes_id
    group by waves.survey_id, waves.question_id, waves.wave
)

select
    waves.survey_id,
    waves.question_id,
    waves.wave,
    waves.previous_wave,
    waves.denominator_kind,
    waves.answering,
    case when waves.previous_wave is not null then coalesce(came_back.respondents_in_both, 0) end
        as respondents_in_both
from waves
left join came_back
    on
        waves.survey_id = came_back.survey_id
        and waves.question_id = came_back.question_id
        and waves.wave = came_back.wave
