with

codebook as (
    select * from {{ ref('codebook') }}
),

crosswalk as (
    select * from {{ ref('codebook_crosswalk') }}
),

versions as (
    select
        version,
        lead(version) over (order by valid_from, version) as next_version
    from {{ ref('codebook_version') }}
),

codes as (
    select code from codebook
    union
    select from_code as code from crosswalk
    where from_code is not null
    union
    select to_code as code from crosswalk
    where to_code is not null
),

-- what the crosswalk does not name was kept, unless it is new
kept as (
    select
        versions.version as from_version,
        codes.code as from_code,
        versions.next_version as to_version,
        codes.code as to_code,
        'kept' as change,
        true as is_comparable
    from versions
    cross join codes
    left join crosswalk
        on
            versions.version = crosswalk.from_version
            and (
                codes.code = crosswalk.from_code
                or (codes.code = crosswalk.to_code and crosswalk.change <> 'merged')
            )
    where versions.next_version is not null and crosswalk.from_version is null
)

select * from kept
union all
select
    from_version,
    from_code,
    to_version,
    to_code,
    change,
    is_comparable
from crosswalk
where from_code is not null
