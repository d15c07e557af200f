with

handed_over as (
    select * from {{ meta_input('claims') }}
),

claims as (
    select
        cast(source_id as varchar) as source_id,
        cast(document_id as varchar) as document_id,
        cast(passage_id as varchar) as passage_id,
        cast(passage_sha256 as varchar) as passage_sha256,
        cast(claim_no as integer) as claim_no,
        cast(quote as varchar) as quote,
        cast(quote_start as integer) as quote_start,
        cast(quote_end as integer) as quote_end,
        cast(sentence as varchar) as sentence,
        cast(value as decimal(28, 6)) as value,
        cast(unit as varchar) as unit,
        cast(per as varchar) as per,
        cast(qualifier as varchar) as qualifier,
        cast(subject_iso3 as varchar) as subject_iso3,
        cast(stated_year as integer) as stated_year
    from handed_over
)

select * from claims
