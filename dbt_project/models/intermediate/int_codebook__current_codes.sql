with

paths as (
    select * from {{ ref('int_codebook__paths') }}
)

-- a code that became several has no single heir, and nobody here chooses one
select
    codebook_version,
    code,
    case when count(*) = 1 then min(current_code) end as current_code,
    case when count(*) = 1 then min(change) else 'split' end as change,
    {{ listed('current_code', 'current_code') }} as candidates
from paths
group by codebook_version, code
