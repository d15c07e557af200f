with

links as (
    select * from {{ ref('megatrend_theme') }}
),

nodes as (
    select * from {{ ref('network_objectives') }}
),

codes as (
    select * from {{ ref('dim_theme') }}
),

themes as (
    select * from {{ ref('int_document__themes') }}
),

spoken as (
    select
        theme_code,
        count(*) as passages
    from themes
    group by theme_code
)

select
    nodes.node_id,
    nodes.work_id,
    nodes.document_id,
    nodes.list_position,
    nodes.label,
    nodes.status,
    links.code,
    codes.level,
    codes.theme_code,
    coalesce(spoken.passages, 0) as passages,
    nodes.citation,
    nodes.source_id
from links
inner join nodes
    on links.work_id = nodes.work_id and links.list_id = nodes.list_id and links.node = nodes.node
inner join codes on links.code = codes.code
left join spoken on codes.theme_code = spoken.theme_code
order by nodes.node_id, links.code
