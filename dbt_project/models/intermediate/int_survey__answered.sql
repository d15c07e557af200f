with

answers as (
    select * from {{ ref('stg_survey__answers') }}
),

responses as (
    select * from {{ ref('int_survey__responses') }}
),

-- in a list of answers that prints no respondent, each answer is counted instead
answered as (
    select
        answers.answer_id,
        answers.survey_id,
        answers.wave,
        answers.question_id,
        answers.slot,
        responses.denominator_kind,
        case responses.denominator_kind when 'answers' then answers.answer_id else responses.respondent_id end
            as counted_id,
        responses.pes_id,
        responses.country_iso3,
        responses.region_id,
        answers.is_publishable,
        answers.lang,
        answers.answer_text,
        answers.is_translated,
        answers.published_heading,
        answers.source_id,
        answers.item_name,
        answers.row_no,
        answers.snapshot_sha256
    from answers
    inner join responses
        on
            answers.source_id = responses.source_id
            and answers.survey_id = responses.survey_id
            and answers.wave = responses.wave
            and answers.response_id = responses.response_id
    where answers.value_state = 'answered'
)

select * from answered
