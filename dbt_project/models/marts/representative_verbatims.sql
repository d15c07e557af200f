with

answered as (
    select * from {{ ref('int_survey__answered') }}
    where is_publishable and answer_text is not null
),

codings as (
    select * from {{ ref('int_coding__effective') }}
    where target_kind = 'answer' and theme_code is not null
),

themes as (
    select
        target_id,
        theme_code as code,
        max(case when is_primary then 1 else 0 end) as is_primary,
        max(case when is_primary then confidence end) as confidence,
        count(*) over (partition by target_id) as themes_in_answer
    from codings
    group by target_id, theme_code
),

-- words that came twice are one voice; 120 characters, two lines in print, are of medium length
candidates as (
    select
        answered.*,
        themes.code,
        themes.confidence,
        themes.themes_in_answer,
        lower(substring(answered.answer_text, 1, 24)) as opening,
        abs(length(answered.answer_text) - 120) as off_medium,
        case when length(answered.answer_text) between 40 and 240 then 0 else 2 end as handicap,
        row_number() over (
            partition by
                answered.survey_id, answered.wave, answered.question_id, themes.code,
                rtrim(lower(answered.answer_text), '. ')
            order by answered.answer_id
        ) as copy_no
    from answered
    inner join themes on answered.answer_id = themes.target_id
    where themes.is_primary = 1 and themes.code not like 'ZZ%'
),

-- what speaks of one theme, clearly coded and neither curt nor long, goes first
fitting as (
    select
        *,
        row_number() over (
            partition by survey_id, wave, question_id, code
            order by handicap, themes_in_answer, coalesce(confidence, 1) desc, off_medium, answer_id
        ) as fit
    from candidates
    where copy_no = 1
),

-- each further answer of a PES, a region or a language, or with the same opening, stands back a place;
-- a curt or long one two
spread as (
    select
        *,
        row_number() over (partition by survey_id, wave, question_id, code, counted_id order by fit)
        + row_number() over (partition by survey_id, wave, question_id, code, region_id order by fit)
        + row_number() over (partition by survey_id, wave, question_id, code, lang order by fit)
        + row_number() over (partition by survey_id, wave, question_id, code, opening order by fit)
        + handicap as crowding
    from fitting
),

placed as (
    select
        *,
        row_number() over (partition by survey_id, wave, question_id, code order by crowding, fit) as place
    from spread
)

select
    survey_id,
    wave,
    question_id,
    code,
    place,
    answer_id,
    pes_id,
    region_id,
    lang,
    answer_text,
    is_translated,
    confidence,
    themes_in_answer
from placed
where place <= 5
order by survey_id, wave, question_id, code, place
