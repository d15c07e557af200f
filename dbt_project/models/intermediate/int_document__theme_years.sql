with

passages as (
    select * from {{ ref('int_document__passages') }}
    where year is not null
),

themes as (
    select * from {{ ref('int_document__themes') }}
),

spoken as (
    select
        passages.network,
        passages.year,
        themes.theme_code,
        count(distinct passages.document_id) as documents,
        count(*) as passages,
        {{ listed('distinct passages.document_id', 'passages.document_id') }} as document_ids
    from passages
    inner join themes on passages.passage_id = themes.passage_id
    group by passages.network, passages.year, themes.theme_code
)

select * from spoken
