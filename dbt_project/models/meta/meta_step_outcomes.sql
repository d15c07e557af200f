with

handed_over as (
    select * from {{ meta_input('step_outcomes') }}
)

select
    cast(run_id as varchar) as run_id,
    cast(source_id as varchar) as source_id,
    cast(step as varchar) as step,
    cast(outcome as varchar) as outcome,
    cast(rows_in as bigint) as rows_in,
    cast(rows_out as bigint) as rows_out,
    cast(rows_refused as bigint) as rows_refused,
    cast(snapshot_sha256 as varchar) as snapshot_sha256,
    cast(seconds as double) as seconds,
    cast(started_at as timestamp) as started_at,
    cast(detail as varchar) as detail
from handed_over
order by started_at, run_id, source_id, step
