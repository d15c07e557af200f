with

respondents as (
    select * from {{ ref('int_survey__respondents') }}
),

matches as (
    select * from {{ ref('int_survey__respondent_matches') }}
),

aliases as (
    select * from {{ ref('pes_alias') }}
),

pes as (
    select * from {{ ref('pes') }}
),

-- of an ambiguous name all that it may stand for
several as (
    select
        respondents.respondent_key,
        matches.pes_id,
        pes.pes_name as name,
        0 as distance
    from respondents
    inner join matches on respondents.respondent_key = matches.respondent_key
    inner join pes on matches.pes_id = pes.pes_id
    where respondents.resolution = 'ambiguous'
),

-- of an unknown one the nearest names; a name of the registry inside it is nearer than any likeness
likenesses as (
    select
        respondents.respondent_key,
        aliases.pes_id,
        aliases.alias as name,
        case
            when position(' ' || aliases.alias_key || ' ' in ' ' || respondents.respondent_key || ' ') > 0
                then -length(aliases.alias_key)
            else {{ text_distance('respondents.respondent_key', 'aliases.alias_key') }}
        end as distance
    from respondents
    cross join aliases
    where respondents.resolution = 'unresolved' and length(aliases.alias_key) > 2
),

distances as (
    select * from several
    union all
    select * from likenesses
),

nearest_of_pes as (
    select
        *,
        row_number() over (partition by respondent_key, pes_id order by distance, name) as name_rank
    from distances
),

nearest as (
    select
        *,
        row_number() over (partition by respondent_key order by distance, pes_id) as candidate_rank
    from nearest_of_pes
    where name_rank = 1
),

candidates as (
    select
        respondent_key,
        {{ listed("name || ' (' || pes_id || ')'", 'candidate_rank', '; ') }} as candidates
    from nearest
    where candidate_rank <= 4
    group by respondent_key
)

select * from candidates
