-- owner: index. One row an entry that can be found: on the public shelf for everybody, on the store shelf for those who may read
-- the case. `print` is the fingerprint of what was put there, so that nothing is written twice; `words` are the pieces.
create table shelf_entries (
  id    bigint generated always as identity primary key,
  shelf text not null,
  room  text not null,
  key   text not null,
  title text not null,
  at_ms bigint not null,
  print bigint not null,
  words tsvector not null,
  unique (shelf, room, key)
);

create index shelf_public_words on shelf_entries using gin (words) where shelf = 'public';
create index shelf_store_words on shelf_entries using gin (words) where shelf = 'store';

-- owner: index. Entries that are put on the store shelf when their hour is over, all of an hour together: the shelf numbers what it
-- gets, and the number would tell when in the hour an anonymous case came.
create table shelf_waiting (
  room  text not null,
  key   text not null,
  at_ms bigint not null,
  primary key (room, key)
);

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
);
