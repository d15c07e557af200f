with

passages as (
    select * from {{ ref('stg_document__passages') }}
)

select
    document_id,
    list_id,
    list_position,
    label,
    text,
    source_id
from passages
where list_id is not null
order by document_id, list_id, list_position
