with

handed_over as (
    select * from {{ meta_input('editions') }}
),

editions as (
    select
        cast(source_id as varchar) as source_id,
        cast(network as varchar) as network,
        cast(work_id as varchar) as work_id,
        cast(document_id as varchar) as document_id,
        cast(title as varchar) as title,
        cast(lang as varchar) as lang,
        cast(medium as varchar) as medium,
        cast(isbn as varchar) as isbn,
        cast(doi as varchar) as doi,
        cast(catalogue_no as varchar) as catalogue_no,
        cast(celex as varchar) as celex,
        cast(completed_on as varchar) as completed_on,
        cast(adopted_on as varchar) as adopted_on,
        cast(published_on as varchar) as published_on,
        cast(published_from as varchar) as published_from,
        cast(updated_on as varchar) as updated_on,
        cast(retrieved_at as timestamp) as retrieved_at,
        cast(supersedes as varchar) as supersedes,
        cast(url as varchar) as url,
        cast(is_held as boolean) as is_held,
        cast(item_name as varchar) as item_name,
        cast(item_sha256 as varchar) as item_sha256,
        cast(refused_because as varchar) as refused_because,
        cast(last_listed_on as date) as last_listed_on
    from handed_over
)

select * from editions
