with

handed_over as (
    select * from {{ meta_input('quarantine') }}
)

select
    cast(source_id as varchar) as source_id,
    cast(load_id as varchar) as load_id,
    cast(suite as varchar) as suite,
    cast(rule as varchar) as rule,
    cast(reason as varchar) as reason,
    cast(severity as varchar) as severity,
    cast(snapshot_sha256 as varchar) as snapshot_sha256,
    cast(item_name as varchar) as item_name,
    cast(row_no as bigint) as row_no,
    cast(row_json as varchar) as row_json,
    cast(refused_at as timestamp) as refused_at
from handed_over
order by source_id, load_id, suite, rule, row_no
