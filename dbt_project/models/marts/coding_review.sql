with

codings as (
    select * from {{ ref('int_coding__ranked') }}
    where coder_type = 'human'
),

-- a person's work that no longer counts, and why
lost as (
    select
        target_id,
        current_unit_no as unit_no,
        standing as reason,
        {{ listed('distinct coder', 'coder') }} as coders,
        {{ listed('distinct code', 'code') }} as codes
    from codings
    where standing not in ('in_force', 'outranked')
    group by target_id, current_unit_no, standing
),

-- two people, two primary codes, and nobody who has decided between them
disputed as (
    select
        target_id,
        current_unit_no as unit_no,
        'people_disagree' as reason,
        {{ listed('distinct coder', 'coder') }} as coders,
        {{ listed('distinct code', 'code') }} as codes
    from codings
    where is_primary and standing in ('in_force', 'outranked')
    group by target_id, current_unit_no
    having count(distinct code) > 1 and count(case when coder_role = 'adjudicator' then 1 end) = 0
),

review as (
    select * from lost
    union all
    select * from disputed
)

select
    target_id,
    unit_no,
    reason,
    coders,
    codes
from review
order by target_id, unit_no, reason
