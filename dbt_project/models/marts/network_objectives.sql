with

nodes as (
    select * from {{ ref('stg_document__list_nodes') }}
),

passages as (
    select * from {{ ref('int_document__passages') }}
),

decisions as (
    select * from {{ ref('int_document__decisions') }}
    where kind = 'objective' and standing = 'applies'
),

entries as (
    select
        nodes.*,
        passages.network,
        passages.work_id,
        passages.label,
        passages.text,
        passages.text_sha256,
        passages.passage_id,
        passages.citation,
        passages.link
    from nodes
    inner join passages
        on
            nodes.document_id = passages.document_id
            and nodes.list_id = passages.list_id
            and nodes.list_position = passages.list_position
)

select
    entries.document_id || '/' || entries.list_id || '/' || entries.node as node_id,
    entries.document_id || '/' || entries.list_id || '/' || entries.parent_node as parent_node_id,
    entries.network,
    entries.work_id,
    entries.document_id,
    entries.list_id,
    entries.heading,
    entries.node,
    entries.list_position,
    case when entries.parent_node is null then 1 else 2 end as depth,
    coalesce(decisions.decision, 'proposed') as status,
    entries.label,
    entries.text,
    entries.passage_id,
    entries.text_sha256 as passage_sha256,
    entries.citation,
    entries.link,
    decisions.reviewer,
    decisions.reviewed_on,
    decisions.note,
    entries.source_id
from entries
left join decisions
    on
        entries.source_id = decisions.source_id
        and entries.text_sha256 = decisions.passage_sha256
        and entries.list_id || '/' || entries.node = decisions.quote
order by entries.document_id, entries.list_id, entries.list_position
