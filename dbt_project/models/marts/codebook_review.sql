with

codings as (
    select * from {{ ref('stg_coding__codings') }}
),

-- codes of an older codebook that became several, or nothing
codes as (
    select * from {{ ref('int_codebook__current_codes') }}
    where current_code is null
)

select
    codings.source_id,
    codings.target_kind,
    codings.target_id,
    codings.unit_no,
    codings.question_id,
    codings.code,
    codings.is_primary,
    codings.codebook_version,
    codes.change,
    codes.candidates,
    codings.coder,
    codings.coder_type,
    codings.item_name,
    codings.row_no
from codings
inner join codes on codings.codebook_version = codes.codebook_version and codings.code = codes.code
order by codings.source_id, codings.target_id, codings.unit_no, codings.code, codings.coder
