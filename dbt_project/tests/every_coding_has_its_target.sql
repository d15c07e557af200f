{{ config(severity='warn') }}

select distinct
    codings.source_id,
    codings.target_kind,
    codings.target_id
from {{ ref('stg_coding__codings') }} as codings
left join {{ ref('stg_survey__answers') }} as answers
    on codings.target_kind = 'answer' and codings.target_id = answers.answer_id
left join {{ ref('stg_document__passages') }} as passages
    on codings.target_kind = 'passage' and codings.target_id = passages.passage_id
where answers.answer_id is null and passages.passage_id is null
