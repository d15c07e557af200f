with

handed_over as (
    select * from {{ meta_input('imprint') }}
),

imprint as (
    select
        cast(source_id as varchar) as source_id,
        cast(document_id as varchar) as document_id,
        cast(passage_id as varchar) as passage_id,
        cast(passage_sha256 as varchar) as passage_sha256,
        cast(fact_no as integer) as fact_no,
        cast(kind as varchar) as kind,
        cast(role as varchar) as role,
        cast(name as varchar) as name,
        cast(quote as varchar) as quote,
        cast(sentence as varchar) as sentence
    from handed_over
)

select * from imprint
