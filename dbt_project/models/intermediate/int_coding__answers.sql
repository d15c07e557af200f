with

codings as (
    select * from {{ ref('int_coding__effective') }}
    where target_kind = 'answer'
),

primary_codes as (
    select
        *,
        row_number() over (partition by target_id order by unit_no, code) as primary_rank
    from codings
    where is_primary
),

all_codes as (
    select
        target_id,
        {{ listed('distinct code', 'code') }} as codes,
        {{ listed('distinct terms', 'terms', '|') }} as terms
    from codings
    group by target_id
),

coded_answers as (
    select
        all_codes.target_id as answer_id,
        primary_codes.code as primary_code,
        primary_codes.theme_code,
        all_codes.codes,
        all_codes.terms,
        primary_codes.coder,
        primary_codes.coder_type,
        primary_codes.codebook_version
    from all_codes
    left join primary_codes
        on all_codes.target_id = primary_codes.target_id and primary_codes.primary_rank = 1
)

select * from coded_answers
