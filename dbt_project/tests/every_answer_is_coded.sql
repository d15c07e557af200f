{{ config(severity='warn') }}

select answered.answer_id
from {{ ref('int_survey__answered') }} as answered
left join {{ ref('int_coding__answers') }} as codings on answered.answer_id = codings.answer_id
where codings.answer_id is null
