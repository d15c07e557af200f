with recursive

charts as (
    select * from {{ ref('chart_definition') }}
),

citations as (
    select * from {{ ref('published_claim') }}
    where measure = 'chart_cited'
),

ends as (
    select
        source_document,
        max(printed_number) as most
    from charts
    group by source_document
),

numbers as (
    select
        source_document,
        1 as n
    from ends
    union all
    select
        numbers.source_document,
        numbers.n + 1 as n
    from numbers
    inner join ends on numbers.source_document = ends.source_document
    where numbers.n < ends.most
)

select
    'chart_number_repeated' as finding_kind,
    source_document,
    cast(null as varchar) as question_id,
    cast(printed_number as varchar) as subject,
    cast(printed_number as varchar) as claimed,
    cast(null as varchar) as base,
    {{ listed('chart_id', 'chart_id', ', ') }} as found,
    count(*) as needed,
    1 as available,
    cast(null as varchar) as claims
from charts
group by source_document, printed_number
having count(*) > 1
union all
select
    'chart_number_missing' as finding_kind,
    numbers.source_document,
    null as question_id,
    cast(numbers.n as varchar) as subject,
    cast(ends.most as varchar) as claimed,
    null as base,
    null as found,
    1 as needed,
    0 as available,
    null as claims
from numbers
inner join ends on numbers.source_document = ends.source_document
left join charts on numbers.source_document = charts.source_document and numbers.n = charts.printed_number
where charts.chart_id is null
union all
select
    'chart_cited_by_another_number' as finding_kind,
    citations.source_document,
    charts.question_id,
    charts.chart_id as subject,
    cast(citations.value as varchar) as claimed,
    null as base,
    cast(charts.printed_number as varchar) as found,
    count(*) as needed,
    0 as available,
    {{ listed('citations.claim_id', 'citations.claim_id') }} as claims
from citations
inner join charts on citations.chart_id = charts.chart_id
where citations.value <> charts.printed_number
group by
    citations.source_document, charts.question_id, charts.chart_id, citations.value, charts.printed_number
