with

passages as (
    select * from {{ ref('int_document__passages') }}
),

texts as (
    select * from {{ ref('int_document__texts') }}
),

documents as (
    select
        document_id,
        min(work_id) as work_id,
        min(network) as network,
        min(document_title) as title,
        min(document_lang) as lang,
        min(document_url) as url,
        min(year) as year,
        count(*) as passages,
        min(source_id) as source_id
    from passages
    group by document_id
)

select
    documents.document_id,
    documents.work_id,
    documents.network,
    documents.title,
    documents.lang,
    texts.published_on,
    texts.adopted_on,
    texts.updated_on,
    documents.year,
    documents.url,
    documents.passages,
    documents.source_id
from documents
left join texts on documents.document_id = texts.document_id
order by documents.document_id
