-- The columns that a view shows.

-- As they are printed to the URL, in their order; null where the list keeps each person's own.
alter table views add column columns text check (length(columns) between 1 and 1000);
