-- owner: cases. How often something was written about the cases at a unit's desk: what was counted there under another
-- number is old.
create table desk_versions (
  unit    text primary key,
  version bigint not null
) without rowid;
