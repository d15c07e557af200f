with

answers as (
    select * from {{ ref('stg_survey__answers') }}
),

matches as (
    select * from {{ ref('int_survey__respondent_matches') }}
),

respondents as (
    select distinct respondent_key from answers
    where respondent_key is not null and attribution = 'named'
),

counted as (
    select
        respondents.respondent_key,
        count(distinct matches.pes_id) as pes_found,
        min(matches.pes_id) as pes_id
    from respondents
    left join matches on respondents.respondent_key = matches.respondent_key
    group by respondents.respondent_key
),

resolved as (
    select
        respondent_key,
        case when pes_found = 1 then pes_id end as pes_id,
        case when pes_found = 0 then 'unresolved' when pes_found = 1 then 'resolved' else 'ambiguous' end
            as resolution
    from counted
)

select * from resolved
