-- Why a contact is spam and which one it repeats: our columns on the website's table and in history.

-- Null without a default, so that no row is rewritten and the lock is brief. No foreign key for the original: the website
-- deletes contacts without asking, and what was a duplicate then stays one of something that is gone.
alter table contact_submissions
  add column spam_reason text,
  add column duplicate_of varchar(255);

alter table contact_history
  add column spam_reason_from text,
  add column spam_reason_to text,
  add column duplicate_of_from varchar(255),
  add column duplicate_of_to varchar(255);

-- What a batch is called by: what it set above all, or that it took another back, or handed over what was a person's.
alter table change_batches
  drop constraint change_batches_kind_check,
  add constraint change_batches_kind_check
    check (kind in ('status', 'assign', 'snooze', 'spam', 'duplicate', 'handover', 'undo'));
