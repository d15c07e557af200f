{% set values = ['value', 'unit', 'per', 'qualifier', 'subject_iso3', 'stated_year'] %}

with

proposed as (
    select * from {{ ref('stg_document__claims') }}
),

decisions as (
    select * from {{ ref('int_document__decisions') }}
    where kind = 'claim' and standing = 'applies'
),

-- what a person accepted holds as the person wrote it
machine as (
    select
        proposed.passage_id,
        proposed.claim_no,
        proposed.quote,
        proposed.sentence,
        coalesce(decisions.decision, 'proposed') as status,
        'rules' as found_by,
        {% for column in values %}
            case decisions.decision
                when 'accepted' then decisions.{{ column }} else proposed.{{ column }}
            end as {{ column }},
        {% endfor %}
        decisions.reviewer,
        decisions.reviewed_on,
        decisions.note
    from proposed
    left join decisions
        on
            proposed.source_id = decisions.source_id
            and proposed.passage_sha256 = decisions.passage_sha256
            and proposed.quote = decisions.quote
),

people as (
    select
        decisions.passage_id,
        1000 + row_number() over (partition by decisions.passage_id order by decisions.quote) as claim_no,
        decisions.quote,
        decisions.sentence,
        decisions.decision as status,
        'person' as found_by,
        {% for column in values %}
            decisions.{{ column }},
        {% endfor %}
        decisions.reviewer,
        decisions.reviewed_on,
        decisions.note
    from decisions
    left join proposed
        on
            decisions.source_id = proposed.source_id
            and decisions.passage_sha256 = proposed.passage_sha256
            and decisions.quote = proposed.quote
    where proposed.passage_id is null
)

select * from machine
union all
select * from people
