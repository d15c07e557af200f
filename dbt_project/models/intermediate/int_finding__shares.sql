with

claims as (
    select * from {{ ref('published_claim') }}
    where unit = 'percent'
),

bases as (
    select * from {{ ref('int_claim__bases') }}
),

common as (
    select
        chart_id,
        {{ listed('cast(n as varchar)', 'n', ', ') }} as numbers
    from {{ ref('int_claim__common_bases') }}
    group by chart_id
),

charts as (
    select
        source_document,
        question_id,
        chart_id,
        count(*) as percentages,
        {{ listed('cast(value as varchar)', 'value desc', ', ') }} as claimed,
        {{ listed('claim_id', 'claim_id') }} as claims
    from claims
    where chart_id is not null
    group by source_document, question_id, chart_id
    having count(distinct code) > 1
),

-- how many of a chart's percentages can be of a printed number
tried as (
    select
        chart_id,
        base,
        count(distinct case when is_possible then claim_id end) as possible
    from bases
    group by chart_id, base
),

tested as (
    select
        chart_id,
        {{ listed('cast(base as varchar)', 'base', ', ') }} as numbers,
        max(possible) as possible
    from tried
    group by chart_id
)

select
    case when bases.is_whole then 'more_than_is_left' else 'no_whole_number' end as finding_kind,
    bases.source_document,
    bases.question_id,
    bases.code as subject,
    cast(bases.value as varchar) as claimed,
    cast(bases.base as varchar) as base,
    cast(null as varchar) as found,
    bases.fewest as needed,
    case when bases.is_whole then bases.available else bases.most end as available,
    bases.claim_id as claims
from bases
where bases.is_stated_base and not bases.is_possible
union all
select
    'base_changes' as finding_kind,
    source_document,
    question_id,
    code as subject,
    cast(value as varchar) as claimed,
    {{ listed('distinct cast(denominator as varchar)', 'cast(denominator as varchar)', ', ') }} as base,
    {{ listed('distinct denominator_wording', 'denominator_wording', ' | ') }} as found,
    count(distinct denominator_wording) as needed,
    1 as available,
    {{ listed('claim_id', 'claim_id') }} as claims
from claims
group by source_document, question_id, code, value
having count(distinct denominator_wording) > 1
union all
select
    'no_common_base' as finding_kind,
    charts.source_document,
    charts.question_id,
    charts.chart_id as subject,
    charts.claimed,
    tested.numbers as base,
    common.numbers as found,
    charts.percentages as needed,
    tested.possible as available,
    charts.claims
from charts
inner join tested on charts.chart_id = tested.chart_id
left join common on charts.chart_id = common.chart_id
where tested.possible < charts.percentages
