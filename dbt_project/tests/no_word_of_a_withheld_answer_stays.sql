-- the rule of publication, said once more: all of a source, or by stated consent, or not at all;
-- and nothing of a respondent that asked for neutrality
select answers.answer_id
from {{ ref('stg_survey__answers') }} as answers
inner join {{ ref('meta_sources') }} as sources on answers.source_id = sources.source_id
where
    answers.answer_text is not null
    and (
        answers.attribution = 'withheld'
        or (
            sources.publish_verbatims <> 'all'
            and (sources.publish_verbatims = 'none' or not coalesce(answers.has_consent, false))
        )
    )
