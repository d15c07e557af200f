with

questions as (
    select * from {{ ref('question') }}
)

select
    question_id,
    question_no,
    text_fr,
    text_en,
    text_es,
    slots
from questions
order by question_no
