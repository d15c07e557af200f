with recursive

claims as (
    select
        source_document,
        question_id,
        chart_id,
        claim_id,
        code,
        value,
        precision
    from {{ ref('published_claim') }}
    where unit = 'percent' and chart_id is not null
),

charts as (
    select
        source_document,
        question_id,
        chart_id,
        count(*) as percentages
    from claims
    group by source_document, question_id, chart_id
    having count(distinct code) > 1
),

-- as far as the largest number that the documents print
ends as (
    select max(base) as most from {{ ref('int_claim__bases') }}
),

numbers as (
    select 1 as n
    union all
    select numbers.n + 1 as n from numbers
    cross join ends
    where numbers.n < ends.most
),

fitting as (
    select
        claims.chart_id,
        numbers.n,
        count(*) as fitted
    from claims
    cross join numbers
    where
        ceil((2 * claims.value - claims.precision) * numbers.n / cast(200 as double))
        <= floor((2 * claims.value + claims.precision) * numbers.n / cast(200 as double))
    group by claims.chart_id, numbers.n
)

select
    charts.source_document,
    charts.question_id,
    charts.chart_id,
    fitting.n
from charts
inner join fitting on charts.chart_id = fitting.chart_id and charts.percentages = fitting.fitted
