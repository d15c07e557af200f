with

waves as (
    select * from {{ ref('dim_wave') }}
),

charts as (
    select * from {{ ref('chart_definition') }}
),

answered as (
    select
        survey_id,
        wave,
        question_id,
        count(distinct answer_id) as answers,
        count(distinct case when denominator_kind = 'respondents' then counted_id end) as respondents
    from {{ ref('int_survey__answered') }}
    group by survey_id, wave, question_id
),

drawn as (
    select
        survey_id,
        wave,
        chart_id,
        count(distinct code) as codes,
        count(distinct region_id) as regions
    from {{ ref('chart_values') }}
    group by survey_id, wave, chart_id
)

select
    waves.survey_id,
    waves.wave,
    charts.chart_id,
    coalesce(drawn.codes, 0) as codes,
    coalesce(drawn.regions, 0) as regions,
    coalesce(answered.respondents, 0) as respondents,
    coalesce(answered.answers, 0) as answers,
    case
        when drawn.codes > 0 then 'drawn'
        when answered.answers is null then 'nobody_answered'
        when charts.breakdown = 'region' and answered.respondents = 0 then 'no_respondent_printed'
        else 'nothing_in_scope'
    end as state
from waves
cross join charts
left join answered
    on
        waves.survey_id = answered.survey_id
        and waves.wave = answered.wave
        and charts.question_id = answered.question_id
left join drawn
    on waves.survey_id = drawn.survey_id and waves.wave = drawn.wave and charts.chart_id = drawn.chart_id
order by waves.survey_id, waves.wave, charts.chart_order
