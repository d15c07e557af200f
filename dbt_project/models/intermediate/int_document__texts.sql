with

editions as (
    select * from {{ ref('stg_document__editions') }}
),

-- a document that was found, not declared, may say itself what it is and when it was published
said as (
    select
        document_id,
        min(document_title) as title,
        min(published_on) as published_on
    from {{ ref('stg_document__passages') }}
    group by document_id
),

-- one row per text, whatever its editions: what they share, and the edition that is held
texts as (
    select
        editions.document_id,
        min(editions.work_id) as work_id,
        coalesce(min(said.title), min(editions.title)) as title,
        min(editions.completed_on) as completed_on,
        min(editions.adopted_on) as adopted_on,
        coalesce(min(editions.published_on), min(said.published_on)) as published_on,
        case
            when min(editions.published_on) is not null then min(editions.published_from)
            when min(said.published_on) is not null then 'document'
        end as published_from,
        min(editions.updated_on) as updated_on,
        max(case when editions.is_held then editions.medium end) as medium
    from editions
    left join said on editions.document_id = said.document_id
    group by editions.document_id
),

dated as (
    select
        *,
        cast(substring(coalesce(published_on, adopted_on, updated_on), 1, 4) as integer) as year
    from texts
)

select * from dated
