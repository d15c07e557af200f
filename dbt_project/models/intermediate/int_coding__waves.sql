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

-- people and the machine coder that stands in for them do not agree: the sample speaks against the rest
doubted as (
    select distinct survey_id
    from {{ ref('meta_coding_agreement') }}
    where
        is_decisive
        and coder_type_b <> 'human'
        and question_id = 'all'
        and lang = 'all'
        and level = 'theme'
        and metric = 'krippendorff_alpha'
        and value < 0.667
),

-- a sample that tells something of the whole: 30 units, or every tenth of a small wave
judged as (
    select
        counted.*,
        case
            when doubted.survey_id is not null then 'provisional'
            when counted.units_checked_by_person >= 30 then 'checked'
            when counted.units_checked_by_person >= 0.1 * counted.units then 'checked'
            else 'provisional'
        end as coding_status
    from counted
    left join doubted on counted.survey_id = doubted.survey_id
)

select * from judged
