with

editions as (
    select * from {{ ref('stg_document__editions') }}
),

works as (
    select distinct work_id
    from editions
),

named as (
    select
        work_id,
        unnest(string_split(supersedes, ',')) as replaced_work_id
    from editions
    where supersedes is not null
),

pairs as (
    select distinct
        named.work_id,
        named.replaced_work_id,
        works.work_id is not null as is_known
    from named
    left join works on named.replaced_work_id = works.work_id
),

replacements as (
    select
        work_id,
        string_agg(replaced_work_id, ',' order by replaced_work_id) as supersedes,
        string_agg(replaced_work_id, ',' order by replaced_work_id) filter (
            where not is_known
        ) as supersedes_unknown
    from pairs
    group by work_id
),

successors as (
    select
        replaced_work_id as work_id,
        string_agg(work_id, ',' order by work_id) as superseded_by
    from pairs
    group by replaced_work_id
)

select
    works.work_id,
    replacements.supersedes,
    replacements.supersedes_unknown,
    successors.superseded_by
from works
left join replacements on works.work_id = replacements.work_id
left join successors on works.work_id = successors.work_id
