with

codes as (
    select * from {{ ref('codebook') }}
)

select
    codebook_version,
    code,
    level,
    parent,
    label_fr,
    label_en,
    label_es,
    definition,
    questions,
    basis
from codes
order by codebook_version, code
