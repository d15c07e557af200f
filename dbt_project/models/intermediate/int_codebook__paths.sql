with recursive

codebook as (
    select * from {{ ref('codebook') }}
),

steps as (
    select * from {{ ref('int_codebook__steps') }}
),

-- from the codebook in force back, one version at a time
backwards as (
    select
        codebook_version,
        code,
        code as current_code,
        'kept' as change,
        1 as is_comparable
    from codebook
    union all
    select
        steps.from_version as codebook_version,
        steps.from_code as code,
        backwards.current_code,
        case when steps.change = 'kept' then backwards.change else steps.change end as change,
        case when steps.is_comparable then backwards.is_comparable else 0 end as is_comparable
    from backwards
    inner join steps on backwards.codebook_version = steps.to_version and backwards.code = steps.to_code
),

arrived as (
    select
        codebook_version,
        code,
        current_code,
        min(change) as change,
        min(is_comparable) = 1 as is_comparable
    from backwards
    group by codebook_version, code, current_code
)

select * from arrived
union all
-- what leads nowhere any more
select distinct
    steps.from_version as codebook_version,
    steps.from_code as code,
    cast(null as varchar) as current_code,
    'removed' as change,
    false as is_comparable
from steps
left join arrived on steps.from_version = arrived.codebook_version and steps.from_code = arrived.code
where arrived.code is null
