with

codings as (
    select * from {{ ref('int_coding__effective') }}
    where target_kind = 'answer'
),

answers as (
    select * from {{ ref('stg_survey__answers') }}
),

units as (
    select distinct
        answers.survey_id,
        answers.wave,
        codings.target_id,
        codings.unit_no,
        codings.coder_type
    from codings
    inner join answers on codings.target_id = answers.answer_id
),

counted as (
    select
        survey_id,
        wave,
        count(*) as units,
        count(case when coder_type = 'human' then 1 end) as units_checked_by_person
    from units
    group by survey_id, wave
),

-- a sample that tells something of the whole: 30 units, or every tenth of a small wave
judged as (
    select
        *,
        case
            when units_checked_by_person >= 30 or units_checked_by_person >= 0.1 * units then 'checked'
            else 'provisional'
        end as coding_status
    from counted
)

select * from judged
