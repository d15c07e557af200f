with

cells as (
    select * from {{ ref('int_survey__region_cells') }}
),

methods as (
    select * from {{ ref('figure_method') }}
    where scope = 'region'
),

rates as (
    select
        *,
        cast(respondents as double) / region_respondents as rate
    from cells
),

sums as (
    select
        *,
        cast(sum(respondents) over by_code as bigint) as naming,
        round(sum(rate) over by_code, 9) as all_rates,
        sum(respondents) over by_region as namings
    from rates
    window
        by_code as (partition by survey_id, wave, question_id, level, code),
        by_region as (partition by survey_id, wave, question_id, level, region_id)
),

weighted as (
    select
        sums.*,
        methods.method,
        methods.definition,
        case methods.method when 'M1' then sums.rate else sums.respondents end as numerator,
        case methods.method when 'M0' then sums.naming when 'M1' then sums.all_rates else sums.namings end
            as denominator,
        case methods.method
            when 'M0' then 'respondents_naming'
            when 'M1' then 'regional_rates'
            else 'namings'
        end as denominator_kind
    from sums
    cross join methods
)

-- rounded, the sum before the share too, since a sum of fractions depends on the order they come in
select
    survey_id,
    wave,
    question_id,
    level,
    code,
    region_id,
    method,
    definition,
    respondents,
    region_respondents,
    round(numerator, 6) as numerator,
    round(denominator, 6) as denominator,
    denominator_kind,
    round(numerator / denominator, 6) as share,
    case when method = 'M0' then {{ wilson_low('respondents', 'naming') }} end as ci_low,
    case when method = 'M0' then {{ wilson_high('respondents', 'naming') }} end as ci_high,
    region_respondents < 5 as is_small,
    respondents = 1 as is_single
from weighted
where denominator > 0
order by survey_id, wave, question_id, level, code, method, region_id
