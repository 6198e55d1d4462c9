-- owner: notices. Messages in a person's list; the person only as a keyed reference.
create table messages (
  id         text primary key,
  person_key text not null,
  at_ms      bigint not null,
  kind       text not null,
  case_no    text not null,
  words      text not null,
  read_ms    bigint
) without rowid;

create index messages_by_person on messages (person_key, at_ms);
create index messages_unread on messages (person_key) where read_ms is null;
