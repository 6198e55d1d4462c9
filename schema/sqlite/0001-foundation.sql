-- owner: db. One row a file of this book that has been applied, with the fingerprint of what it said then.
create table migrations (
  number     smallint primary key,
  name       text not null,
  checksum   text not null,
  applied_at bigint not null
);

-- owner: settings. One row a version of the school's policy, whole, as TOML; the highest is in force, none is ever changed.
create table settings_versions (
  version bigint primary key,
  policy  text not null,
  made_at bigint not null,
  made_by text,
  note    text not null default ''
);
