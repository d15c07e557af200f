with

placed as (
    select * from {{ ref('int_coding__placed') }}
),

-- one coder counts per unit; nothing that cannot count may outrank what can
ranked as (
    select
        *,
        dense_rank() over (
            partition by target_kind, target_id, current_unit_no, obstacle is null
            order by
                case coder_type when 'human' then 1 when 'combined' then 2 when 'model' then 3 else 4 end,
                case coder_role when 'adjudicator' then 1 else 2 end,
                codebook_version desc,
                coder,
                source_id
        ) as preference
    from placed
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
    case when obstacle is null and preference = 1 then 'in_force' else coalesce(obstacle, 'outranked') end
        as standing
from ranked
