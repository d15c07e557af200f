with

handed_over as (
    select * from {{ meta_input('coding_agreement') }}
)

select
    cast(survey_id as varchar) as survey_id,
    cast(codebook_version as varchar) as codebook_version,
    cast(coder_a as varchar) as coder_a,
    cast(coder_type_a as varchar) as coder_type_a,
    cast(coder_b as varchar) as coder_b,
    cast(coder_type_b as varchar) as coder_type_b,
    cast(question_id as varchar) as question_id,
    cast(lang as varchar) as lang,
    cast(level as varchar) as level,
    cast(metric as varchar) as metric,
    cast(value as double) as value,
    cast(ci_low as double) as ci_low,
    cast(ci_high as double) as ci_high,
    cast(units as bigint) as units,
    cast(units_agreed as bigint) as units_agreed,
    cast(is_small as boolean) as is_small,
    cast(is_decisive as boolean) as is_decisive
from handed_over
order by survey_id, codebook_version, coder_a, coder_b, question_id, lang, level, metric
