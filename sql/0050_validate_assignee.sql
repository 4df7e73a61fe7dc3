-- Checks the foreign key of 0040 for the rows that were there, apart from it: this lock lets the website write.

alter table contact_submissions validate constraint contact_submissions_assignee_id_fkey;
