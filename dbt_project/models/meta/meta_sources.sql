with

handed_over as (
    select * from {{ meta_input('sources') }}
)

select
    cast(source_id as varchar) as source_id,
    cast(kind as varchar) as kind,
    cast(title as varchar) as title,
    cast(publisher as varchar) as publisher,
    cast(licence as varchar) as licence,
    cast(attribution as varchar) as attribution,
    cast(owner as varchar) as owner,
    cast(origin as varchar) as origin,
    cast(format as varchar) as format,
    cast(is_synthetic as boolean) as is_synthetic,
    cast(expected_every_days as integer) as expected_every_days,
    cast(survey_id as varchar) as survey_id,
    cast(network as varchar) as network,
    cast(provider as varchar) as provider,
    cast(dataset as varchar) as dataset,
    cast(publish_verbatims as varchar) as publish_verbatims,
    cast(last_try_at as timestamp) as last_try_at,
    cast(last_outcome as varchar) as last_outcome,
    cast(last_success_at as timestamp) as last_success_at,
    cast(failing_since as timestamp) as failing_since,
    cast(snapshot_sha256 as varchar) as snapshot_sha256,
    cast(retrieved_at as timestamp) as retrieved_at,
    cast(load_id as varchar) as load_id,
    cast(rows_landed as bigint) as rows_landed
from handed_over
order by source_id
