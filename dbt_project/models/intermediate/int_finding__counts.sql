with

claims as (
    select * from {{ ref('published_claim') }}
),

lists as (
    select
        source_document,
        question_id,
        list_id,
        measure,
        count(*) as entries,
        count(distinct coalesce(item, code)) as distinct_entries
    from claims
    where list_id is not null and (unit <> 'count')
    group by source_document, question_id, list_id, measure
),

announced as (
    select * from claims
    where list_id is not null and unit = 'count'
),

-- a list that announces no length counts for what it lists
measured as (
    select
        source_document,
        question_id,
        measure,
        code,
        value,
        claim_id
    from claims
    where unit = 'count' and basis = 'stated' and list_id is null
    union all
    select
        lists.source_document,
        lists.question_id,
        lists.measure,
        null as code,
        lists.distinct_entries as value,
        lists.list_id as claim_id
    from lists
    left join announced
        on lists.source_document = announced.source_document and lists.list_id = announced.list_id
    where announced.claim_id is null
),

repeated as (
    select
        claims.source_document,
        claims.list_id,
        coalesce(claims.item, claims.code) as entry,
        {{ listed('claims.claim_id', 'claims.claim_id') }} as claims
    from claims
    where claims.list_id is not null and claims.unit = 'item'
    group by claims.source_document, claims.list_id, coalesce(claims.item, claims.code)
    having count(*) > 1
)

select
    'values_differ' as finding_kind,
    source_document,
    question_id,
    measure as subject,
    {{ listed('distinct cast(value as varchar)', 'cast(value as varchar)', ', ') }} as claimed,
    cast(null as varchar) as base,
    cast(null as varchar) as found,
    max(value) as needed,
    min(value) as available,
    {{ listed('distinct claim_id', 'claim_id') }} as claims
from measured
group by source_document, question_id, measure, code
having count(distinct value) > 1
union all
select
    'list_is_not_as_announced' as finding_kind,
    announced.source_document,
    announced.question_id,
    announced.list_id as subject,
    cast(announced.value as varchar) as claimed,
    null as base,
    null as found,
    announced.value as needed,
    coalesce(lists.entries, 0) as available,
    announced.claim_id as claims
from announced
left join lists on announced.source_document = lists.source_document and announced.list_id = lists.list_id
where announced.value <> coalesce(lists.entries, 0)
union all
select
    'entry_repeated' as finding_kind,
    repeated.source_document,
    lists.question_id,
    repeated.entry as subject,
    repeated.list_id as claimed,
    null as base,
    null as found,
    lists.entries as needed,
    lists.distinct_entries as available,
    repeated.claims
from repeated
inner join lists on repeated.source_document = lists.source_document and repeated.list_id = lists.list_id
