with

charts as (
    select * from {{ ref('chart_definition') }}
),

scopes as (
    select
        chart_id,
        {{ listed('code', 'code') }} as scope
    from {{ ref('chart_scope') }}
    group by chart_id
)

select
    charts.chart_id,
    charts.chart_order,
    charts.source_document,
    charts.printed_number,
    charts.printed_title,
    charts.question_id,
    charts.level,
    scopes.scope,
    charts.breakdown,
    charts.method,
    charts.unit,
    charts.base,
    charts.title_fr,
    charts.title_en,
    charts.title_es,
    charts.definition
from charts
left join scopes on charts.chart_id = scopes.chart_id
order by charts.chart_order
