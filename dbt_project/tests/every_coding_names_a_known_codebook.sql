{{ config(severity='warn') }}

select distinct
    codings.source_id,
    codings.codebook_version
from {{ ref('stg_coding__codings') }} as codings
left join {{ ref('codebook_version') }} as versions on codings.codebook_version = versions.version
where versions.version is null
