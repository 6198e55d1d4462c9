-- owner: learning. A model that was learned from what people confirmed, and what it was judged by; one of them proposes.
create table models (
  version    bigint primary key,
  trained_at bigint not null,
  state      text not null,
  checksum   text not null,
  told       text not null,
  body       bytea not null
);
