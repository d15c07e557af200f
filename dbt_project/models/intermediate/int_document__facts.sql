with

proposed as (
    select * from {{ ref('stg_document__imprint') }}
),

decisions as (
    select * from {{ ref('int_document__decisions') }}
    where kind in ('identifier', 'licence', 'contributor') and standing = 'applies'
),

-- what a person accepted holds as the person wrote it
machine as (
    select
        proposed.passage_id,
        proposed.fact_no,
        proposed.kind,
        coalesce(decisions.decision, 'proposed') as status,
        'rules' as found_by,
        case decisions.decision when 'accepted' then decisions.role else proposed.role end as role,
        case decisions.decision when 'accepted' then decisions.name else proposed.name end as name,
        proposed.quote,
        proposed.sentence,
        decisions.reviewer,
        decisions.reviewed_on,
        decisions.note
    from proposed
    left join decisions
        on
            proposed.source_id = decisions.source_id
            and proposed.passage_sha256 = decisions.passage_sha256
            and proposed.kind = decisions.kind
            and proposed.quote = decisions.quote
),

people as (
    select
        decisions.passage_id,
        1000 + row_number() over (
            partition by decisions.passage_id
            order by decisions.kind, decisions.quote
        ) as fact_no,
        decisions.kind,
        decisions.decision as status,
        'person' as found_by,
        decisions.role,
        decisions.name,
        decisions.quote,
        decisions.sentence,
        decisions.reviewer,
        decisions.reviewed_on,
        decisions.note
    from decisions
    left join proposed
        on
            decisions.source_id = proposed.source_id
            and decisions.passage_sha256 = proposed.passage_sha256
            and decisions.kind = proposed.kind
            and decisions.quote = proposed.quote
    where proposed.passage_id is null
)

select * from machine
union all
select * from people
