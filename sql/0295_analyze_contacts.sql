-- Lets the planner know what the indexes from 0260 on tell of the contacts: without it, it takes long messages for a third.

analyze contact_submissions;
