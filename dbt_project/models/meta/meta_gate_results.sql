with

handed_over as (
    select * from {{ meta_input('gate_results') }}
)

select
    cast(run_id as varchar) as run_id,
    cast(source_id as varchar) as source_id,
    cast(suite as varchar) as suite,
    cast(rule as varchar) as rule,
    cast(severity as varchar) as severity,
    cast(passed as boolean) as passed,
    cast(unexpected_rows as bigint) as unexpected_rows,
    cast(checked_rows as bigint) as checked_rows,
    cast(observed as varchar) as observed,
    cast(reason as varchar) as reason,
    cast(is_baselined as boolean) as is_baselined,
    cast(checked_at as timestamp) as checked_at
from handed_over
order by checked_at, run_id, source_id, suite, rule
