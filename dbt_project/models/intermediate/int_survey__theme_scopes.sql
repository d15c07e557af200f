with

answered as (
    select * from {{ ref('int_survey__answered') }}
),

named as (
    select * from {{ ref('int_survey__named') }}
    where level = 'theme' and code not like 'ZZ%'
),

bases as (
    select
        survey_id,
        wave,
        coalesce(question_id, 'all') as question_id,
        denominator_kind,
        count(distinct counted_id) as denominator
    from answered
    group by grouping sets (
        (survey_id, wave, question_id, denominator_kind), (survey_id, wave, denominator_kind)
    )
),

scoped as (
    select
        survey_id,
        wave,
        question_id,
        counted_id,
        code
    from named
    union
    select
        survey_id,
        wave,
        'all' as question_id,
        counted_id,
        code
    from named
)

select
    scoped.survey_id,
    scoped.wave,
    scoped.question_id,
    scoped.counted_id,
    scoped.code,
    count(*) over (partition by scoped.survey_id, scoped.wave, scoped.question_id, scoped.code)
        as respondents,
    bases.denominator,
    bases.denominator_kind
from scoped
inner join bases
    on
        scoped.survey_id = bases.survey_id
        and scoped.wave = bases.wave
        and scoped.question_id = bases.question_id
