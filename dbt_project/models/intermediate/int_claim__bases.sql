with

claims as (
    select
        claims.*,
        codes.theme_code
    from {{ ref('published_claim') }} as claims
    left join {{ ref('int_codebook__codes') }} as codes on claims.code = codes.code
),

-- the numbers that a document prints: a percentage of one of them, if of any
bases as (
    select distinct
        source_document,
        question_id,
        value as base,
        code as base_code
    from claims
    where basis = 'stated' and measure in ('responses', 'respondents', 'verbatims', 'verbatims_naming')
),

-- each verbatim is sorted into one theme: what is counted for one is not left for the others, and each
-- theme that is ranked has one at least
ranked_themes as (
    select distinct
        ranked.source_document,
        ranked.question_id,
        ranked.theme_code,
        counted.value as verbatims
    from claims as ranked
    left join claims as counted
        on
            ranked.source_document = counted.source_document
            and ranked.question_id = counted.question_id
            and ranked.code = counted.code
            and counted.measure = 'verbatims_naming'
    where ranked.measure = 'rank'
),

left_over as (
    select
        claims.claim_id,
        bases.base,
        bases.base_code,
        max(case when themes.theme_code = claims.theme_code then themes.verbatims end) as own,
        sum(case when themes.theme_code <> claims.theme_code then coalesce(themes.verbatims, 1) else 0 end)
            as of_others
    from claims
    inner join bases
        on
            claims.source_document = bases.source_document
            and coalesce(bases.question_id, claims.question_id) = claims.question_id
    left join ranked_themes as themes
        on bases.question_id = themes.question_id and bases.source_document = themes.source_document
    where claims.unit = 'percent'
    group by claims.claim_id, bases.base, bases.base_code
),

-- k of n rounds to v at a step of s where n (2 v - s) <= 200 k <= n (2 v + s)
numbers as (
    select
        claims.claim_id,
        claims.source_document,
        claims.question_id,
        claims.chart_id,
        claims.code,
        claims.value,
        left_over.base,
        left_over.base_code,
        cast(
            ceil((2 * claims.value - claims.precision) * left_over.base / cast(200 as double)) as integer
        ) as fewest,
        cast(
            floor((2 * claims.value + claims.precision) * left_over.base / cast(200 as double)) as integer
        ) as most,
        case
            when left_over.base_code is null
                then coalesce(left_over.own, left_over.base - left_over.of_others)
            else left_over.base
        end as available,
        claims.denominator = left_over.base
        and coalesce(claims.denominator_code, '') = coalesce(left_over.base_code, '') as is_stated_base
    from claims
    inner join left_over on claims.claim_id = left_over.claim_id
)

select
    *,
    fewest <= most as is_whole,
    fewest <= most and fewest <= available as is_possible
from numbers
