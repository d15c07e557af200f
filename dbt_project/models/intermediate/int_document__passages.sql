with

passages as (
    select * from {{ ref('stg_document__passages') }}
),

texts as (
    select * from {{ ref('int_document__texts') }}
),

placed as (
    select
        passages.passage_id,
        passages.document_id,
        passages.network,
        passages.document_title,
        passages.document_lang,
        passages.document_url,
        passages.page,
        passages.heading_path,
        passages.passage_no,
        passages.passage_kind,
        passages.list_id,
        passages.list_position,
        passages.label,
        passages.text,
        passages.lang,
        passages.is_ocr,
        passages.char_start,
        passages.char_end,
        passages.source_id,
        coalesce(texts.work_id, passages.document_id) as work_id,
        texts.year,
        {{ sha256_of('passages.text') }} as text_sha256,
        passages.document_title
        || coalesce(' (' || coalesce(texts.published_on, texts.adopted_on, texts.updated_on) || ')', '')
        || coalesce(', p. ' || cast(passages.page as varchar), '')
        || coalesce(', ' || nullif({{ last_part('passages.heading_path', ' > ') }}, ''), '')
        || case when passages.is_ocr then ' [OCR]' else '' end
            as citation,
        -- a browser opens a PDF at its page
        case
            when texts.medium = 'pdf' and passages.page is not null
                then passages.document_url || '#page=' || cast(passages.page as varchar)
            else passages.document_url
        end as link
    from passages
    left join texts on passages.document_id = texts.document_id
)

select * from placed
