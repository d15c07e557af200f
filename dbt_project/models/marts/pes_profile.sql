with

named as (
    select * from {{ ref('int_survey__named') }}
    where level = 'theme' and code not like 'ZZ%' and pes_id is not null
),

answered as (
    select * from {{ ref('int_survey__answered') }}
    where pes_id is not null
),

regions as (
    select
        survey_id,
        wave,
        region_id,
        count(distinct pes_id) as region_pes
    from answered
    group by survey_id, wave, region_id
),

themes as (
    select
        survey_id,
        wave,
        pes_id,
        region_id,
        code,
        count(*) as questions,
        {{ listed('question_id', 'question_id') }} as question_ids,
        cast(sum(mentions) as bigint) as mentions
    from named
    group by survey_id, wave, pes_id, region_id, code
),

-- the other PES of the region, without the one whose profile it is
compared as (
    select
        themes.*,
        regions.region_pes - 1 as others,
        count(*) over (partition by themes.survey_id, themes.wave, themes.region_id, themes.code) - 1
            as others_naming
    from themes
    inner join regions
        on
            themes.survey_id = regions.survey_id
            and themes.wave = regions.wave
            and themes.region_id = regions.region_id
)

select
    survey_id,
    wave,
    pes_id,
    region_id,
    code,
    rank() over (partition by survey_id, wave, pes_id order by questions desc, mentions desc) as rank,
    questions,
    question_ids,
    mentions,
    others_naming,
    others,
    cast(others_naming as double) / nullif(others, 0) as others_share,
    case when others > 0 then 2 * others_naming >= others end as is_shared_by_region,
    others < 4 as is_small
from compared
order by survey_id, wave, pes_id, rank, code
