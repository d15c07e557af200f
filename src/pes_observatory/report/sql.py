"""The questions the barometer asks of marts and meta.

Every query orders its rows, so that the same warehouse always gives the same pages.
"""

OF_WAVE = "survey_id = $survey_id and wave = $wave"

THEMES = """
from marts.dim_theme order by starts_with(code, 'ZZ'), family_code, code
"""

THEMES_BY_QUESTION = f"""
select t.*, starts_with(t.code, 'ZZ') as is_residual
from marts.theme_by_question as t
left join marts.dim_question as q using (question_id)
where {OF_WAVE} and t.level = 'theme'
order by q.question_no, t.question_id, is_residual, t.respondents desc, t.rank, t.code
"""

CHARTS = f"""
select
    v.* replace (v.n as denominator),
    v.value as share,
    v.counted as respondents,
    starts_with(v.code, 'ZZ') as is_residual
from marts.chart_values as v
inner join marts.dim_chart as c using (chart_id)
where {OF_WAVE}
order by c.chart_order, is_residual, v.rank, v.code, v.region_id
"""

CHART_COVERAGE = f"""
from marts.chart_coverage
where {OF_WAVE}
order by chart_id
"""

CHANGES = f"""
from marts.theme_trend
where {OF_WAVE} and level = 'theme' and previous_wave is not null and not starts_with(code, 'ZZ')
order by question_id, share desc, code
"""

CLAIMS = """
from marts.claim_reconciliation
where unit != 'item'
order by source_document desc, question_id nulls first, claim_id
"""

FINDINGS = """
from marts.report_findings
order by source_document desc, question_id nulls first, finding_kind, subject, claimed, base
"""

THEMES_BY_REGION = f"""
from marts.theme_by_region
where {OF_WAVE} and level = 'theme'
order by question_id, region_id, code
"""

VERBATIMS = f"""
from marts.verbatims
where {OF_WAVE}
order by answer_id
"""

COVERAGE = f"""
from marts.response_coverage
where {OF_WAVE}
order by region_id = 'unresolved', region_id
"""

REVIEW = f"""
from marts.respondent_review
where {OF_WAVE}
order by reason, respondent_raw, item_name, row_no
"""

CONTEXT = f"""
from marts.country_context
where {OF_WAVE} and value is not null
order by concept_id, value, country_iso3, time_period
"""

ASSOCIATIONS = f"""
from marts.theme_indicator
where {OF_WAVE}
order by no_interval_because is not null, code, concept_id
"""

CODERS = f"""
select distinct coder, coder_type, codebook_version
from marts.verbatims
where {OF_WAVE} and coder is not null
order by all
"""

WAVE_SOURCES = f"""
from meta.sources
where
    source_id = $source_id
    or (kind = 'coding' and survey_id = $survey_id)
    or source_id in (
        select source_id
        from marts.country_context
        where {OF_WAVE}
    )
order by source_id != $source_id, kind, source_id
"""

SOURCES = """
select
    s.*,
    (select count(*) from meta.quarantine as q where q.source_id = s.source_id) as set_aside,
    coalesce(
        s.last_success_at + to_days(coalesce(s.expected_every_days, 366)) < r.created_at, true
    ) as is_late
from meta.sources as s
cross join (from meta.release order by version desc limit 1) as r
order by s.kind, s.source_id
"""

LATEST_CHECKS = """
with latest as (
    from meta.gate_results
    qualify row_number() over (
        partition by source_id, suite, rule order by checked_at desc, run_id desc
    ) = 1
)
"""

GATES = f"""
{LATEST_CHECKS}
select
    suite,
    count(*) as checks,
    count(*) filter (passed) as passed,
    count(*) filter (not passed and severity = 'warning') as warnings,
    count(*) filter (not passed and severity = 'critical') as critical
from latest
group by suite
order by suite
"""

FAILED_CHECKS = f"""
{LATEST_CHECKS}
from latest
where not passed
order by severity, suite, source_id, rule
"""
