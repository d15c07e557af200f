with

handed_over as (
    select * from {{ meta_input('reviewed_facts') }}
),

facts as (
    select
        cast(source_id as varchar) as source_id,
        cast(kind as varchar) as kind,
        cast(document_id as varchar) as document_id,
        cast(passage_sha256 as varchar) as passage_sha256,
        cast(quote as varchar) as quote,
        cast(value as decimal(28, 6)) as value,
        cast(unit as varchar) as unit,
        cast(per as varchar) as per,
        cast(qualifier as varchar) as qualifier,
        cast(subject_iso3 as varchar) as subject_iso3,
        cast(stated_year as integer) as stated_year,
        cast(role as varchar) as role,
        cast(name as varchar) as name,
        cast(decision as varchar) as decision,
        cast(reviewer as varchar) as reviewer,
        cast(reviewed_on as date) as reviewed_on,
        cast(note as varchar) as note,
        cast(sentence as varchar) as sentence
    from handed_over
)

select * from facts
