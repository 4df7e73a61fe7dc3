-- Lets the planner know how many contacts have sound insights, and how few malformed ones: of an index that has only those it
-- learns nothing.

create statistics contact_submissions_insights_sound on insights_are_sound(document_insights) from contact_submissions;
create statistics contact_submissions_insights_problem on insights_problem(document_insights) from contact_submissions;
analyze contact_submissions;
