-- owner: files. One row a handed-in file; its bytes lie under DATA/files at a name made from the hash of its id.
-- Until it is claimed by a case it has an hour, by which abandoned ones are swept; afterwards no time at all.
create table files (
  id            text primary key,
  stored_as     text not null unique,
  sha256        text not null,
  mime          text not null,
  size_bytes    bigint not null,
  width         bigint not null,
  height        bigint not null,
  has_thumbnail smallint not null,
  case_no       text,
  seq           bigint,
  ordinal       bigint not null,
  kept_hour     bigint
);

create index files_by_case on files (case_no, ordinal) where case_no is not null;
create index files_unclaimed on files (kept_hour) where case_no is null;
