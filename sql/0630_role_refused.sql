-- When the provider said last that a person has no role any more. Until it gives one again, or an admin does, they do not
-- come in by password either. The role that they had stays written down beside it.
alter table staff add column role_refused_at timestamptz;
