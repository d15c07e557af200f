with

landed as (
    select * from {{ landing('answers') }}
),

sources as (
    select * from {{ ref('meta_sources') }}
),

-- a load older than the column says who answered by whether a respondent is printed
attributed as (
    select
        landed.*,
        coalesce(
            landed.attribution,
            case when nullif(landed.respondent_key, '') is null then 'anonymous' else 'named' end
        ) as told
    from landed
),

-- without a stated consent an answer of a 'with_consent' source may not be published, and what a
-- respondent that asked for neutrality wrote may not be either
judged as (
    select
        attributed.*,
        coalesce(
            attributed.told <> 'withheld'
            and (
                sources.publish_verbatims = 'all'
                or (sources.publish_verbatims = 'with_consent' and attributed.has_consent)
            ), false
        ) as is_publishable
    from attributed
    left join sources on attributed.source_id = sources.source_id
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
        told as attribution,
        is_publishable,
        question_id,
        slot,
        header,
        case when is_publishable then answer_text end as answer_text,
        value_state,
        yes_no,
        case when told <> 'withheld' then lang end as lang,
        lang_method,
        original_lang,
        is_translated,
        published_heading,
        source_id,
        snapshot_sha256,
        item_name,
        case when told <> 'withheld' then row_no end as row_no
    from judged
)

select * from answers
