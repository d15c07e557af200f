with

claims as (
    select * from {{ ref('published_claim') }}
),

waves as (
    select * from {{ ref('dim_wave') }}
),

answered as (
    select * from {{ ref('int_survey__answered') }}
),

mentions as (
    select * from {{ ref('int_survey__mentions') }}
),

themes as (
    select * from {{ ref('theme_by_question') }}
),

bars as (
    select * from {{ ref('chart_values') }}
),

passages as (
    select * from {{ ref('document_list_items') }}
),

-- all answers to the question, or those under a heading, or those that carry a code
answers as (
    select
        claims.claim_id,
        count(distinct answered.answer_id) as verbatims,
        count(distinct case when answered.published_heading = claims.item then answered.answer_id end)
            as under_heading,
        count(distinct naming.answer_id) as naming,
        count(distinct based.answer_id) as based,
        count(distinct case when based.answer_id = naming.answer_id then naming.answer_id end) as naming_both
    from claims
    inner join answered
        on
            claims.survey_id = answered.survey_id
            and claims.wave = answered.wave
            and claims.question_id = answered.question_id
    left join mentions as naming on answered.answer_id = naming.answer_id and claims.code = naming.code
    left join mentions as based
        on answered.answer_id = based.answer_id and claims.denominator_code = based.code
    group by claims.claim_id
),

places as (
    select
        claims.claim_id,
        max(case when themes.code = claims.code then themes.rank end) as place,
        count(case when themes.code like claims.code || '.%' and themes.rank <= 3 then 1 end) as in_top_3
    from claims
    inner join themes
        on
            claims.survey_id = themes.survey_id
            and claims.wave = themes.wave
            and claims.question_id = themes.question_id
    group by claims.claim_id
),

-- a rank that a chart shows is one among the codes of that chart
charted as (
    select
        claims.claim_id,
        min(bars.rank) as place
    from claims
    inner join bars
        on
            claims.survey_id = bars.survey_id
            and claims.wave = bars.wave
            and claims.chart_id = bars.chart_id
            and claims.code = bars.code
    group by claims.claim_id
),

lists as (
    select
        claims.claim_id,
        count(*) as entries
    from claims
    inner join passages on claims.source_document = passages.document_id and claims.list_id = passages.list_id
    group by claims.claim_id
)

select
    claims.claim_id,
    waves.survey_id is not null as is_loaded,
    case claims.measure
        when 'responses' then waves.responses
        when 'respondents' then case when claims.unit = 'count' then waves.pes end
        when 'verbatims' then answers.verbatims
        when 'verbatims_under_heading' then answers.under_heading
        when 'verbatims_naming' then answers.naming
        when 'share_of_verbatims'
            then case when claims.denominator_code is null then answers.naming else answers.naming_both end
        when 'rank' then case when claims.chart_id is null then places.place else charted.place end
        when 'in_top_3' then places.in_top_3
        when 'listed' then case when claims.unit = 'count' then lists.entries end
    end as numerator,
    case
        when claims.measure = 'share_of_verbatims'
            then case when claims.denominator_code is null then answers.verbatims else answers.based end
    end as denominator
from claims
left join waves on claims.survey_id = waves.survey_id and claims.wave = waves.wave
left join answers on claims.claim_id = answers.claim_id
left join places on claims.claim_id = places.claim_id
left join charted on claims.claim_id = charted.claim_id
left join lists on claims.claim_id = lists.claim_id
