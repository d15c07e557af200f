with

codings as (
    select * from {{ ref('stg_coding__codings') }}
),

codes as (
    select * from {{ ref('int_codebook__codes') }}
),

current_codes as (
    select * from {{ ref('int_codebook__current_codes') }}
),

units as (
    select * from {{ ref('int_coding__units') }}
),

targets as (
    select
        'answer' as target_kind,
        answer_id as target_id
    from {{ ref('stg_survey__answers') }}
    where value_state = 'answered'
    union all
    select
        'passage' as target_kind,
        passage_id as target_id
    from {{ ref('stg_document__passages') }}
),

-- a code of an older codebook is the one that it has become; without a single heir it stays as it was given
renamed as (
    select
        codings.*,
        coalesce(current_codes.current_code, codings.code) as current_code,
        current_codes.code is not null and current_codes.current_code is null as is_without_heir
    from codings
    left join current_codes
        on codings.codebook_version = current_codes.codebook_version and codings.code = current_codes.code
),

-- a person's coding that names its words belongs to the unit of these words, whatever number that has now
placed as (
    select
        renamed.target_kind,
        renamed.target_id,
        renamed.unit_no,
        renamed.span_start,
        renamed.span_end,
        renamed.current_code as code,
        renamed.is_primary,
        renamed.confidence,
        renamed.terms,
        renamed.coder,
        renamed.coder_type,
        renamed.coder_role,
        renamed.codebook_version,
        renamed.source_id,
        renamed.snapshot_sha256,
        renamed.item_name,
        renamed.row_no,
        codes.family_code,
        codes.theme_code,
        codes.level,
        coalesce(units.unit_no, renamed.unit_no) as current_unit_no,
        case
            when renamed.is_without_heir then 'no_single_heir'
            when codes.code is null then 'unknown_code'
            when targets.target_id is null then 'target_gone'
            when renamed.coder_type = 'human' and renamed.span_start is not null and units.unit_no is null
                then 'unit_gone'
            when renamed.is_text_changed then 'text_changed'
        end as obstacle
    from renamed
    left join codes on renamed.current_code = codes.code and not renamed.is_without_heir
    left join targets on renamed.target_kind = targets.target_kind and renamed.target_id = targets.target_id
    left join units
        on
            renamed.coder_type = 'human'
            and renamed.target_kind = units.target_kind
            and renamed.target_id = units.target_id
            and renamed.span_start = units.span_start
            and renamed.span_end = units.span_end
)

select
    target_kind,
    target_id,
    unit_no,
    span_start,
    span_end,
    code,
    is_primary,
    confidence,
    terms,
    coder,
    coder_type,
    coder_role,
    codebook_version,
    source_id,
    snapshot_sha256,
    item_name,
    row_no,
    family_code,
    theme_code,
    level,
    current_unit_no,
    obstacle
from placed
