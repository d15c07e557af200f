with

responses as (
    select * from {{ ref('int_survey__responses') }}
    where review_reason is not null
),

candidates as (
    select * from {{ ref('int_survey__candidates') }}
)

select
    responses.source_id,
    responses.survey_id,
    responses.wave,
    responses.response_id,
    responses.respondent_raw,
    responses.review_reason as reason,
    coalesce(responses.pes_id, candidates.candidates) as candidates,
    responses.item_name,
    responses.row_no
from responses
left join candidates on responses.respondent_key = candidates.respondent_key
order by responses.survey_id, responses.wave, responses.respondent_raw, responses.row_no
