-- Serves the desk's history: batches by time, newest first.

create index change_batches_time on change_batches (created_at desc, id desc);
