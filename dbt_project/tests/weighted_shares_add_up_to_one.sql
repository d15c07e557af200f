-- under M0 and M1 the parts of a code add up over the regions, under M2 those of a region over the codes
select
    survey_id,
    wave,
    question_id,
    level,
    method,
    case when method = 'M2' then region_id else code end as whole,
    sum(share) as total
from {{ ref('theme_region_weighted') }}
group by survey_id, wave, question_id, level, method, case when method = 'M2' then region_id else code end
having abs(sum(share) - 1) > 0.0001
