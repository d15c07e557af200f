with

charts as (
    select * from {{ ref('chart_definition') }}
    where method = 'mentions'
),

chart_codes as (
    select * from {{ ref('int_chart__codes') }}
),

mentions as (
    select
        *,
        answer_id || '/' || cast(unit_no as varchar) as unit_id
    from {{ ref('int_survey__mentions') }}
),

in_charts as (
    select
        charts.chart_id,
        charts.base,
        mentions.survey_id,
        mentions.wave,
        mentions.code,
        mentions.unit_id,
        chart_codes.code is not null as is_in_scope,
        coalesce(chart_codes.is_drawn, false) as is_drawn
    from charts
    inner join mentions on charts.question_id = mentions.question_id
    left join chart_codes on charts.chart_id = chart_codes.chart_id and mentions.code = chart_codes.code
),

bases as (
    select
        survey_id,
        wave,
        chart_id,
        count(distinct unit_id) as n
    from in_charts
    where base = 'question' or is_in_scope
    group by survey_id, wave, chart_id
),

counts as (
    select
        survey_id,
        wave,
        chart_id,
        base,
        code,
        count(distinct unit_id) as mentions
    from in_charts
    where is_drawn
    group by survey_id, wave, chart_id, base, code
)

select
    counts.survey_id,
    counts.wave,
    counts.chart_id,
    counts.code,
    counts.mentions,
    bases.n,
    case counts.base when 'question' then 'mentions' else 'mentions_in_scope' end as denominator_kind
from counts
inner join bases
    on counts.survey_id = bases.survey_id and counts.wave = bases.wave and counts.chart_id = bases.chart_id
