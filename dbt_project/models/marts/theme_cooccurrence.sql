with

themes as (
    select * from {{ ref('int_survey__theme_scopes') }}
),

methods as (
    select * from {{ ref('figure_method') }}
    where method = 'cooccurrence'
),

pairs as (
    select
        one.survey_id,
        one.wave,
        one.question_id,
        one.code as code_a,
        other.code as code_b,
        count(*) as respondents,
        min(one.respondents) as respondents_a,
        min(other.respondents) as respondents_b,
        min(one.denominator) as denominator,
        min(one.denominator_kind) as denominator_kind
    from themes as one
    inner join themes as other
        on
            one.survey_id = other.survey_id
            and one.wave = other.wave
            and one.question_id = other.question_id
            and one.counted_id = other.counted_id
            and one.code < other.code
    group by one.survey_id, one.wave, one.question_id, one.code, other.code
),

expectations as (
    select
        pairs.*,
        methods.method,
        methods.definition,
        cast(pairs.respondents_a as double) * pairs.respondents_b / pairs.denominator as expected,
        sqrt(cast(pairs.respondents_a as double) * (pairs.denominator - pairs.respondents_a)) as spread_a,
        sqrt(cast(pairs.respondents_b as double) * (pairs.denominator - pairs.respondents_b)) as spread_b
    from pairs
    cross join methods
)

select
    survey_id,
    wave,
    question_id,
    code_a,
    code_b,
    method,
    definition,
    respondents,
    respondents_a,
    respondents_b,
    denominator,
    denominator_kind,
    round(expected, 6) as expected,
    round(respondents / expected, 6) as lift,
    round((respondents - expected) * denominator / nullif(spread_a * spread_b, 0), 6) as phi,
    respondents < 5 as is_small,
    respondents = 1 as is_single
from expectations
order by survey_id, wave, question_id, respondents desc, code_a, code_b
