with

codebook as (
    select * from {{ ref('codebook') }}
),

versions as (
    select * from {{ ref('codebook_version') }}
),

answered as (
    select * from {{ ref('int_survey__answered') }}
),

codings as (
    select * from {{ ref('int_coding__effective') }}
    where target_kind = 'answer'
),

-- a code of today that no old one leads to could not be given then
reached as (
    select
        codebook_version,
        current_code,
        min(case when is_comparable then 1 else 0 end) as is_comparable
    from {{ ref('int_codebook__paths') }}
    where current_code is not null
    group by codebook_version, current_code
),

incomparable as (
    select
        versions.version as codebook_version,
        codebook.code
    from versions
    inner join codebook on versions.version <> codebook.codebook_version
    left join reached on versions.version = reached.codebook_version and codebook.code = reached.current_code
    where coalesce(reached.is_comparable, 0) = 0
),

used as (
    select distinct
        answered.survey_id,
        answered.wave,
        answered.question_id,
        codings.codebook_version
    from answered
    inner join codings on answered.answer_id = codings.target_id
)

select distinct
    used.survey_id,
    used.wave,
    used.question_id,
    incomparable.code
from used
inner join incomparable on used.codebook_version = incomparable.codebook_version
