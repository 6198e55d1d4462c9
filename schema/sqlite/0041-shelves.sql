-- owner: index. One row an entry that can be found: on the public shelf for everybody, on the store shelf for those who may read
-- the case. `print` is the fingerprint of what was put there, so that nothing is written twice.
create table shelf_entries (
  id    integer primary key,
  shelf text not null,
  room  text not null,
  key   text not null,
  title text not null,
  at_ms bigint not null,
  print bigint not null,
  unique (shelf, room, key)
);

-- owner: index. The pieces of the entries of the public shelf, by the id of the entry; the words themselves are not kept.
create virtual table public_words using fts5 (
  title, body, sounds, initials, marks,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- owner: index. The same of the store shelf.
create virtual table store_words using fts5 (
  title, body, sounds, initials, marks,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- owner: index. Entries that are put on the store shelf when their hour is over, all of an hour together: the shelf numbers what it
-- gets, and the number would tell when in the hour an anonymous case came.
create table shelf_waiting (
  room  text not null,
  key   text not null,
  at_ms bigint not null,
  primary key (room, key)
) without rowid;

-- owner: index. How each shelf stands: by which version it is made, whether it is whole, being rebuilt or torn, and whether words
-- were erased whose pieces are still to be merged away.
create table shelf_states (
  shelf   text primary key,
  version bigint not null,
  state   text not null,
  cursor  text not null,
  done    bigint not null,
  total   bigint not null,
  wiped   smallint not null
) without rowid;
