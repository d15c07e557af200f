with

drawn as (
    select
        charts.chart_id,
        charts.question_id,
        charts.method,
        chart_codes.code
    from {{ ref('chart_definition') }} as charts
    inner join {{ ref('int_chart__codes') }} as chart_codes on charts.chart_id = chart_codes.chart_id
    where chart_codes.is_drawn
),

themes as (
    select * from {{ ref('theme_by_question') }}
),

weighted as (
    select * from {{ ref('theme_region_weighted') }}
),

mentions as (
    select * from {{ ref('int_chart__mentions') }}
)

select
    themes.survey_id,
    themes.wave,
    drawn.chart_id,
    themes.code,
    'all' as region_id,
    themes.respondents as counted,
    themes.denominator as n,
    themes.mentions,
    round(themes.share, 6) as value,
    cast(themes.respondents as double) as numerator,
    cast(themes.denominator as double) as denominator,
    themes.denominator_kind,
    themes.ci_low,
    themes.ci_high
from drawn
inner join themes on drawn.question_id = themes.question_id and drawn.code = themes.code
where drawn.method = 'plain'
union all
select
    survey_id,
    wave,
    chart_id,
    code,
    'all' as region_id,
    mentions as counted,
    n,
    mentions,
    round(cast(mentions as double) / n, 6) as value,
    cast(mentions as double) as numerator,
    cast(n as double) as denominator,
    denominator_kind,
    {{ wilson_low('mentions', 'n') }} as ci_low,
    {{ wilson_high('mentions', 'n') }} as ci_high
from mentions
union all
select
    weighted.survey_id,
    weighted.wave,
    drawn.chart_id,
    weighted.code,
    weighted.region_id,
    weighted.respondents as counted,
    weighted.region_respondents as n,
    null as mentions,
    weighted.share as value,
    weighted.numerator,
    weighted.denominator,
    weighted.denominator_kind,
    weighted.ci_low,
    weighted.ci_high
from drawn
inner join weighted
    on
        drawn.question_id = weighted.question_id
        and drawn.code = weighted.code
        and drawn.method = weighted.method
