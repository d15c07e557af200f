with

codings as (
    select * from {{ ref('int_coding__effective') }}
    where target_kind = 'passage'
),

-- what members expect of a network (RX) is asked of them alone; a document only has words that look like it
themes as (
    select
        target_id as passage_id,
        theme_code,
        max(confidence) as confidence
    from codings
    where theme_code is not null and family_code not in ('RX', 'ZZ')
    group by target_id, theme_code
)

select * from themes
