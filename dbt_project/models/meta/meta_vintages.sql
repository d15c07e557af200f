with

handed_over as (
    select * from {{ meta_input('vintages') }}
)

select
    cast(source_id as varchar) as source_id,
    cast(vintage_no as integer) as vintage_no,
    cast(load_id as varchar) as load_id,
    cast(snapshot_sha256 as varchar) as snapshot_sha256,
    cast(valid_from as timestamp) as valid_from,
    cast(is_first as boolean) as is_first,
    cast(is_latest as boolean) as is_latest,
    cast(is_reread as boolean) as is_reread,
    cast(rows_new as bigint) as rows_new,
    cast(rows_revised as bigint) as rows_revised,
    cast(rows_flag_changed as bigint) as rows_flag_changed,
    cast(rows_vanished as bigint) as rows_vanished,
    cast(rows_returned as bigint) as rows_returned
from handed_over
order by source_id, vintage_no
