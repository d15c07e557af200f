with

landed as (
    select * from {{ landing('passages') }}
),

passages as (
    select
        passage_id,
        document_id,
        network,
        document_title,
        document_lang,
        published_on,
        document_url,
        page,
        heading_path,
        passage_no,
        passage_kind,
        list_id,
        list_position,
        label,
        text,
        lang,
        lang_method,
        is_ocr,
        char_start,
        char_end,
        source_id,
        snapshot_sha256,
        item_name,
        row_no
    from landed
)

select * from passages
