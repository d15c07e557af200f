with

editions as (
    select * from {{ ref('stg_document__editions') }}
),

-- one row per text, whatever its editions: what they share, and the edition that is held
texts as (
    select
        document_id,
        min(work_id) as work_id,
        min(completed_on) as completed_on,
        min(adopted_on) as adopted_on,
        min(published_on) as published_on,
        min(updated_on) as updated_on,
        min(supersedes) as supersedes,
        max(case when is_held then medium end) as medium
    from editions
    group by document_id
),

dated as (
    select
        *,
        cast(substring(coalesce(published_on, adopted_on, updated_on), 1, 4) as integer) as year
    from texts
)

select * from dated
