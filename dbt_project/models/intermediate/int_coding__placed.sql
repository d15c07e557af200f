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

-- a code of an older codebook counts as its one heir; a person's coding that names its words belongs to the
-- unit of these words, whatever number that has now
placed as (
    select
        codings.target_kind,
        codings.target_id,
        codings.unit_no,
        codings.span_start,
        codings.span_end,
        coalesce(codes.code, codings.code) as code,
        codings.is_primary,
        codings.confidence,
        codings.terms,
        codings.coder,
        codings.coder_type,
        codings.coder_role,
        codings.codebook_version,
        codings.source_id,
        codings.snapshot_sha256,
        codings.item_name,
        codings.row_no,
        codes.family_code,
        codes.theme_code,
        codes.level,
        coalesce(units.unit_no, codings.unit_no) as current_unit_no,
        case
            when codes.code is null then 'unknown_code'
            when targets.target_id is null then 'target_gone'
            when codings.coder_type = 'human' and units.unit_no is null then 'unit_gone'
            when codings.is_text_changed then 'text_changed'
        end as obstacle
    from codings
    left join current_codes
        on codings.codebook_version = current_codes.codebook_version and codings.code = current_codes.code
    left join codes
        on
            codes.code
            = case when current_codes.code is null then codings.code else current_codes.current_code end
    left join targets on codings.target_kind = targets.target_kind and codings.target_id = targets.target_id
    left join units
        on
            codings.coder_type = 'human'
            and codings.target_kind = units.target_kind
            and codings.target_id = units.target_id
            and (
                (codings.span_start = units.span_start and codings.span_end = units.span_end)
                or (codings.span_start is null and codings.unit_no = units.unit_no)
            )
)

select * from placed
