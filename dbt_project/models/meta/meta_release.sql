with

handed_over as (
    select * from {{ meta_input('release') }}
)

select
    cast(version as varchar) as version,
    cast(created_at as timestamp) as created_at,
    cast(fingerprint as varchar) as fingerprint,
    cast(code_version as varchar) as code_version,
    cast(codebook_version as varchar) as codebook_version
from handed_over
order by version
