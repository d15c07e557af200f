with

claims as (
    select * from {{ ref('published_claim') }}
),

recomputed as (
    select * from {{ ref('int_claim__recomputed') }}
),

findings as (
    select
        claims.claim_id,
        {{ listed('distinct findings.finding_kind', 'findings.finding_kind') }} as kinds
    from claims
    inner join {{ ref('report_findings') }} as findings
        on
            claims.source_document = findings.source_document
            and (
                ',' || findings.claims || ',' like '%,' || claims.claim_id || ',%'
                or ',' || findings.claims || ',' like '%,' || claims.list_id || ',%'
            )
    group by claims.claim_id
),

compared as (
    select
        recomputed.claim_id,
        recomputed.is_loaded,
        recomputed.numerator,
        recomputed.denominator,
        case
            when recomputed.denominator is null then cast(recomputed.numerator as double)
            when recomputed.denominator > 0
                then round(100 * cast(recomputed.numerator as double) / recomputed.denominator, 1)
        end as our_value
    from recomputed
)

select
    claims.claim_id,
    claims.source_document,
    claims.page,
    claims.chart_id,
    claims.question_id,
    claims.measure,
    claims.code,
    claims.item,
    claims.list_id,
    claims.wording,
    claims.locator,
    claims.basis,
    claims.unit,
    claims.value as claimed_value,
    claims.denominator as claimed_denominator,
    claims.denominator_wording,
    claims.survey_id,
    claims.wave,
    compared.our_value,
    compared.numerator as our_numerator,
    compared.denominator as our_denominator,
    round(claims.value - compared.our_value, 1) as difference,
    case
        when claims.measure in ('chart_cited', 'statements') then 'nothing_to_compare'
        when compared.our_value is null and not compared.is_loaded then 'not_loaded'
        when compared.our_value is null then 'nothing_to_compare'
        when abs(claims.value - compared.our_value) <= coalesce(claims.precision, 0) / cast(2 as double)
            then 'agrees'
        when claims.denominator <> compared.denominator then 'other_base'
        else 'differs'
    end as outcome,
    findings.kinds as finding
from claims
inner join compared on claims.claim_id = compared.claim_id
left join findings on claims.claim_id = findings.claim_id
order by claims.source_document desc, claims.claim_id
