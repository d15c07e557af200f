with

mentions as (
    select * from {{ ref('int_survey__mentions') }}
),

questions as (
    select * from {{ ref('question') }}
),

named as (
    select
        mentions.survey_id,
        mentions.wave,
        mentions.question_id,
        mentions.denominator_kind,
        mentions.counted_id,
        mentions.level,
        mentions.code,
        min(mentions.pes_id) as pes_id,
        min(mentions.region_id) as region_id,
        count(*) as mentions,
        -- slots 1, 2, 3 weigh 3, 2, 1: distinct weights are distinct slots
        case
            when min(questions.shape) = 'three answers' and mentions.denominator_kind = 'respondents'
                then sum(distinct greatest(4 - mentions.slot, 0)) / cast(6 as double)
        end as rank_weight
    from mentions
    left join questions on mentions.question_id = questions.question_id
    group by
        mentions.survey_id, mentions.wave, mentions.question_id, mentions.denominator_kind,
        mentions.counted_id, mentions.level, mentions.code
)

select
    *,
    count(*) over (partition by survey_id, wave, question_id, counted_id, level) as codes_named
from named
