with

landed as (
    select * from {{ landing('answers') }}
),

sources as (
    select * from {{ ref('meta_sources') }}
),

-- without a stated consent an answer of a 'with_consent' source may not be published
judged as (
    select
        landed.*,
        coalesce(
            sources.publish_verbatims = 'all'
            or (sources.publish_verbatims = 'with_consent' and landed.has_consent), false
        ) as is_publishable
    from landed
    left join sources on landed.source_id = sources.source_id
),

-- the file is released as a whole: words that may not leave stay in landing, and raw ones always
answers as (
    select
        answer_id,
        survey_id,
        wave,
        response_id,
        respondent_raw,
        nullif(respondent_key, '') as respondent_key,
        submitted_at,
        ui_language,
        is_complete,
        has_consent,
        is_publishable,
        question_id,
        slot,
        header,
        case when is_publishable then answer_text end as answer_text,
        value_state,
        lang,
        lang_method,
        is_translated,
        published_heading,
        source_id,
        snapshot_sha256,
        item_name,
        row_no
    from judged
)

select * from answers
