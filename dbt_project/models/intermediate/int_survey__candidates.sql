with

respondents as (
    select * from {{ ref('int_survey__respondents') }}
),

aliases as (
    select * from {{ ref('pes_alias') }}
),

distances as (
    select
        respondents.respondent_key,
        respondents.resolution,
        aliases.pes_id,
        aliases.alias,
        {{ text_distance('respondents.respondent_key', 'aliases.alias_key') }} as distance
    from respondents
    cross join aliases
    where respondents.resolution in ('unresolved', 'ambiguous')
),

nearest_of_pes as (
    select
        *,
        row_number() over (partition by respondent_key, pes_id order by distance, alias) as alias_rank
    from distances
    where resolution = 'unresolved' or distance = 0
),

nearest as (
    select
        *,
        row_number() over (partition by respondent_key order by distance, pes_id) as candidate_rank
    from nearest_of_pes
    where alias_rank = 1
),

candidates as (
    select
        respondent_key,
        {{ listed("alias || ' (' || pes_id || ')'", 'candidate_rank', '; ') }} as candidates
    from nearest
    where candidate_rank <= 3
    group by respondent_key
)

select * from candidates
