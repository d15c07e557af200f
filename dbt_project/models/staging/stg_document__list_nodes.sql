with

handed_over as (
    select * from {{ meta_input('list_nodes') }}
),

nodes as (
    select
        cast(source_id as varchar) as source_id,
        cast(document_id as varchar) as document_id,
        cast(list_id as varchar) as list_id,
        cast(heading as varchar) as heading,
        cast(list_position as integer) as list_position,
        cast(node as varchar) as node,
        cast(parent_node as varchar) as parent_node
    from handed_over
)

select * from nodes
