-- Lets the planner know how common each term is.

analyze contact_submissions;
