with

charts as (
    select * from {{ ref('chart_definition') }}
),

cells as (
    select * from {{ ref('int_chart__cells') }}
),

-- a code has one rank in a chart, in whichever region it is drawn; residual codes stand last
ranks as (
    select
        survey_id,
        wave,
        chart_id,
        code,
        rank() over (
            partition by survey_id, wave, chart_id
            order by
                case when code like 'ZZ%' then 1 else 0 end,
                sum(counted) desc,
                sum(mentions) desc
        ) as rank
    from cells
    group by survey_id, wave, chart_id, code
)

select
    cells.survey_id,
    cells.wave,
    cells.chart_id,
    cells.code,
    cells.region_id,
    ranks.rank,
    cells.value,
    cells.numerator,
    cells.denominator,
    cells.denominator_kind,
    cells.ci_low,
    cells.ci_high,
    cells.counted,
    cells.n,
    cells.mentions,
    cells.n < 5 as is_small,
    charts.method,
    charts.definition
from cells
inner join charts on cells.chart_id = charts.chart_id
inner join ranks
    on
        cells.survey_id = ranks.survey_id
        and cells.wave = ranks.wave
        and cells.chart_id = ranks.chart_id
        and cells.code = ranks.code
order by cells.survey_id, cells.wave, charts.chart_order, ranks.rank, cells.code, cells.region_id
