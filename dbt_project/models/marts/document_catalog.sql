with

editions as (
    select * from {{ ref('stg_document__editions') }}
),

passages as (
    select * from {{ ref('stg_document__passages') }}
),

texts as (
    select * from {{ ref('int_document__texts') }}
),

successions as (
    select * from {{ ref('int_document__successions') }}
),

counts as (
    select
        document_id,
        count(*) as passages,
        max(page) as pages
    from passages
    group by document_id
)

select
    editions.document_id || '/' || editions.medium as manifestation_id,
    editions.work_id,
    editions.document_id,
    editions.network,
    coalesce(texts.title, editions.title) as title,
    editions.lang,
    editions.medium,
    editions.isbn,
    editions.doi,
    editions.catalogue_no,
    editions.celex,
    editions.completed_on,
    {{ date_precision('editions.completed_on') }} as completed_precision,
    editions.adopted_on,
    {{ date_precision('editions.adopted_on') }} as adopted_precision,
    texts.published_on,
    {{ date_precision('texts.published_on') }} as published_precision,
    texts.published_from,
    editions.updated_on,
    {{ date_precision('editions.updated_on') }} as updated_precision,
    editions.retrieved_at,
    successions.supersedes,
    successions.supersedes_unknown,
    successions.superseded_by,
    editions.url,
    editions.is_held,
    editions.item_name,
    editions.item_sha256,
    editions.refused_because,
    editions.last_listed_on,
    case when editions.is_held then counts.passages end as passages,
    case when editions.is_held then counts.pages end as pages,
    editions.source_id
from editions
left join texts on editions.document_id = texts.document_id
left join successions on editions.work_id = successions.work_id
left join counts on editions.document_id = counts.document_id
order by editions.work_id, editions.document_id, editions.medium
