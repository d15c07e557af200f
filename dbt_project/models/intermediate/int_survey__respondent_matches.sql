with

answers as (
    select * from {{ ref('stg_survey__answers') }}
),

aliases as (
    select * from {{ ref('pes_alias') }}
),

respondents as (
    select distinct
        respondent_key,
        {{ bare_name('respondent_key') }} as bare_key
    from answers
    where respondent_key is not null and attribution = 'named'
),

-- rule 1: a name of the registry; rule 2: the same without article, form of state, or words such as PES
whole_names as (
    select
        respondents.respondent_key,
        aliases.pes_id,
        case when respondents.respondent_key = aliases.alias_key then 1 else 2 end as rule_no
    from respondents
    inner join aliases on aliases.alias_key in (respondents.respondent_key, respondents.bare_key)
),

-- rule 3: two names in a row that have a PES in common, such as a country and its agency
first_names as (
    select
        respondents.respondent_key,
        aliases.pes_id,
        {{ bare_name('substring(respondents.respondent_key, length(aliases.alias_key) + 2)') }} as rest
    from respondents
    inner join aliases
        on substring(respondents.respondent_key, 1, length(aliases.alias_key) + 1) = aliases.alias_key || ' '
),

double_names as (
    select
        first_names.respondent_key,
        first_names.pes_id,
        3 as rule_no
    from first_names
    inner join aliases on first_names.rest = aliases.alias_key and first_names.pes_id = aliases.pes_id
),

matches as (
    select * from whole_names
    union
    select * from double_names
),

ranked as (
    select
        *,
        min(rule_no) over (partition by respondent_key) as first_rule_no
    from matches
)

select
    respondent_key,
    pes_id,
    rule_no
from ranked
where rule_no = first_rule_no
