with

codings as (
    select * from {{ ref('stg_coding__codings') }}
    where coder_type <> 'human'
),

-- the machine codes every text that there is; its coders share the units
units as (
    select
        target_kind,
        target_id,
        unit_no,
        min(span_start) as span_start,
        max(span_end) as span_end
    from codings
    group by target_kind, target_id, unit_no
)

select * from units
