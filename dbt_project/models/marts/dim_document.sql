with

passages as (
    select * from {{ ref('stg_document__passages') }}
),

documents as (
    select
        document_id,
        min(network) as network,
        min(document_title) as title,
        min(document_lang) as lang,
        min(published_on) as published_on,
        min(document_url) as url,
        count(*) as passages,
        min(source_id) as source_id
    from passages
    group by document_id
)

select
    document_id,
    network,
    title,
    lang,
    published_on,
    url,
    passages,
    source_id
from documents
order by document_id
