with

groups as (
    select * from {{ ref('int_indicator__theme_groups') }}
),

-- the squared standard error of each mean
spread as (
    select
        *,
        case
            when n_named < 3 then 'fewer_than_3_name_it'
            when n_others < 3 then 'fewer_than_3_do_not_name_it'
            when variance_named + variance_others = 0 then 'no_spread'
        end as no_interval_because,
        variance_named / nullif(n_named, 0) as error_named,
        variance_others / nullif(n_others, 0) as error_others
    from groups
),

freedom as (
    select
        *,
        case
            when no_interval_because is null
                then
                    power(error_named + error_others, 2)
                    / (power(error_named, 2) / (n_named - 1) + power(error_others, 2) / (n_others - 1))
        end as df
    from spread
),

-- the difference is shown with its interval or not at all
intervals as (
    select
        *,
        case when df is not null then mean_named - mean_others end as difference,
        case when df is not null then {{ t_quantile('df') }} * sqrt(error_named + error_others) end as margin
    from freedom
),

bounded as (
    select
        *,
        difference - margin as ci_low,
        difference + margin as ci_high
    from intervals
)

select
    survey_id,
    wave,
    code,
    concept_id,
    n_named,
    n_others,
    round(mean_named, 6) as mean_named,
    round(mean_others, 6) as mean_others,
    round(difference, 6) as difference,
    round(ci_low, 6) as ci_low,
    round(ci_high, 6) as ci_high,
    round(df, 6) as df,
    no_interval_because,
    case
        when no_interval_because is not null then 'not_shown'
        when ci_low > 0 then 'higher'
        when ci_high < 0 then 'lower'
        else 'no_clear_difference'
    end as association,
    'an association among the countries of one wave, never a cause' as wording,
    least(n_named, n_others) < 5 as is_small,
    n_not_reported,
    first_year,
    last_year
from bounded
order by survey_id, wave, code, concept_id
