-- Lets the planner know how few contacts have malformed insights: of an index that has only those it learns nothing.

create statistics contact_submissions_insights_problem on insights_problem(document_insights) from contact_submissions;
analyze contact_submissions;
