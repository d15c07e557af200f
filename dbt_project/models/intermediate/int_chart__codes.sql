with

charts as (
    select * from {{ ref('chart_definition') }}
),

scopes as (
    select * from {{ ref('chart_scope') }}
),

codes as (
    select * from {{ ref('int_codebook__codes') }}
),

limited as (
    select distinct chart_id from scopes
),

-- a scope names a code with all that lies under it; a chart without a scope takes the whole codebook
chart_codes as (
    select distinct
        charts.chart_id,
        codes.code,
        codes.level = charts.level as is_drawn
    from charts
    cross join codes
    left join scopes
        on
            charts.chart_id = scopes.chart_id
            and scopes.code in (codes.code, codes.theme_code, codes.family_code)
    where scopes.code is not null or charts.chart_id not in (select limited.chart_id from limited)
)

select * from chart_codes
