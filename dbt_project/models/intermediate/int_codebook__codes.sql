with

codes as (
    select * from {{ ref('codebook') }}
),

rolled_up as (
    select
        codes.code,
        codes.level,
        case codes.level
            when 'family' then codes.code
            when 'theme' then codes.parent
            else parents.parent
        end as family_code,
        case codes.level
            when 'theme' then codes.code
            when 'subtheme' then codes.parent
        end as theme_code,
        codes.label_fr,
        codes.label_en,
        codes.label_es,
        codes.definition,
        codes.codebook_version
    from codes
    left join codes as parents on codes.parent = parents.code
)

select * from rolled_up
