with

answers as (
    select * from {{ ref('stg_survey__answers') }}
),

aliases as (
    select * from {{ ref('pes_alias') }}
),

respondents as (
    select distinct respondent_key from answers
    where respondent_key is not null
),

matches as (
    select
        respondents.respondent_key,
        count(distinct aliases.pes_id) as pes_found,
        min(aliases.pes_id) as pes_id
    from respondents
    left join aliases on respondents.respondent_key = aliases.alias_key
    group by respondents.respondent_key
),

resolved as (
    select
        respondent_key,
        case when pes_found = 1 then pes_id end as pes_id,
        case when pes_found = 0 then 'unresolved' when pes_found = 1 then 'resolved' else 'ambiguous' end
            as resolution
    from matches
)

select * from resolved
