with

landed as (
    select * from {{ landing('answers') }}
),

-- answer_raw stays in landing: it may hold e-mail addresses and telephone numbers
publishable as (
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
        question_id,
        slot,
        header,
        answer_text,
        value_state,
        lang,
        lang_method,
        is_translated,
        published_heading,
        source_id,
        snapshot_sha256,
        item_name,
        row_no
    from landed
)

select * from publishable
