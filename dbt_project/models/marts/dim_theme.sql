with

codes as (
    select * from {{ ref('int_codebook__codes') }}
)

select
    code,
    level,
    family_code,
    theme_code,
    label_fr,
    label_en,
    label_es,
    definition,
    codebook_version
from codes
order by code
