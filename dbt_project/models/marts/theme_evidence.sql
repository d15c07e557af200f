with

spoken as (
    select * from {{ ref('int_document__theme_years') }}
),

years as (
    select * from {{ ref('int_document__years') }}
),

waves as (
    select * from {{ ref('int_survey__wave_themes') }}
),

-- a theme of either side: what documents speak of and no PES names shows as much as the reverse
pairs as (
    select
        years.network,
        years.year,
        years.survey_id,
        spoken.theme_code
    from years
    inner join spoken on years.network = spoken.network and years.year = spoken.year
    union
    select
        years.network,
        years.year,
        years.survey_id,
        waves.theme_code
    from years
    inner join waves on years.survey_id = waves.survey_id and years.wave = waves.wave
),

totals as (
    select distinct
        survey_id,
        wave,
        denominator,
        denominator_kind
    from waves
)

select
    pairs.network,
    pairs.year,
    pairs.theme_code,
    coalesce(spoken.documents, 0) as documents,
    years.documents_in_year,
    coalesce(spoken.passages, 0) as passages,
    years.passages_in_year,
    cast(coalesce(spoken.passages, 0) as double) / years.passages_in_year as passage_share,
    spoken.document_ids,
    pairs.survey_id,
    years.wave,
    case when totals.denominator is not null then coalesce(waves.respondents, 0) end as respondents,
    totals.denominator,
    totals.denominator_kind,
    cast(coalesce(waves.respondents, 0) as double) / totals.denominator as respondent_share,
    {{ wilson_low('coalesce(waves.respondents, 0)', 'totals.denominator') }} as ci_low,
    {{ wilson_high('coalesce(waves.respondents, 0)', 'totals.denominator') }} as ci_high,
    totals.denominator < 5 as is_small
from pairs
inner join years
    on pairs.network = years.network and pairs.year = years.year and pairs.survey_id = years.survey_id
left join spoken
    on pairs.network = spoken.network and pairs.year = spoken.year and pairs.theme_code = spoken.theme_code
left join totals on pairs.survey_id = totals.survey_id and years.wave = totals.wave
left join waves
    on pairs.survey_id = waves.survey_id and years.wave = waves.wave and pairs.theme_code = waves.theme_code
order by pairs.network, pairs.year, pairs.survey_id, pairs.theme_code
