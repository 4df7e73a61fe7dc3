-- What staff write down about a contact, and what each note said before it was edited.

-- No foreign key to the contact: the website deletes contacts without asking, and neither its statement nor a colleague's
-- words may be lost to that. As history does, notes outlive the contact; one that comes back under its id has them again.
create table contact_notes (
  -- Made by the browser: the same note sent twice is one.
  id uuid primary key,
  contact_id varchar(255) not null,
  author_id uuid not null references staff (id),
  text text not null check (length(text) between 1 and 10000),
  -- Counts edits, deletions and restorations; written by the trigger.
  version integer not null default 1,
  created_at timestamptz not null default now(),
  -- When it got the text that it has.
  written_at timestamptz not null default now(),
  -- Its author can restore it.
  deleted_at timestamptz
);
-- Serves a contact's notes, newest first.
create index contact_notes_contact on contact_notes (contact_id, created_at desc, id desc);
-- Serves the check of a staff row's references.
create index contact_notes_author on contact_notes (author_id);

-- What a note said until it was edited, under the last version that said so. Written by the trigger alone.
create table contact_note_versions (
  note_id uuid not null references contact_notes (id) on delete cascade,
  version integer not null,
  text text not null,
  written_at timestamptz not null,
  primary key (note_id, version)
);

-- Here and not in the application, so that no writer can forget the text that it replaces.
create function keep_note_version() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.version = old.version + 1;
  if new.text is distinct from old.text then
    insert into public.contact_note_versions (note_id, version, text, written_at)
    values (old.id, old.version, old.text, old.written_at);
    new.written_at = clock_timestamp();
  end if;
  return new;
end $$;
create trigger contact_note_version before update on contact_notes
  for each row
  when (old.text is distinct from new.text or (old.deleted_at is null) <> (new.deleted_at is null))
  execute function keep_note_version();

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on them.
do $$
declare
  granted record;
begin
  for granted in
    select distinct 'table ' || c.oid::regclass as object, acl.grantee
    from pg_class c, aclexplode(c.relacl) acl
    where c.oid = any (array['contact_notes', 'contact_note_versions']::regclass[]) and acl.grantee <> c.relowner
    union all
    select distinct 'function ' || p.oid::regprocedure, acl.grantee
    from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl
    where p.oid = 'keep_note_version'::regproc and acl.grantee <> p.proowner
  loop
    execute format('revoke all on %s from %s', granted.object,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
