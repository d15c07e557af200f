-- the newest version is the codebook in force, and where the crosswalk leads to it the codes are there
with

codes as (
    select * from {{ ref('codebook') }}
),

versions as (
    select
        version,
        row_number() over (order by valid_from desc, version desc) as age
    from {{ ref('codebook_version') }}
)

select
    versions.version,
    codes.code
from codes
full join versions on codes.codebook_version = versions.version
where coalesce((versions.age = 1) <> (codes.code is not null), true)
union all
select
    crosswalk.to_version as version,
    crosswalk.to_code as code
from {{ ref('codebook_crosswalk') }} as crosswalk
inner join versions on crosswalk.to_version = versions.version and versions.age = 1
left join codes on crosswalk.to_code = codes.code
where crosswalk.to_code is not null and codes.code is null
