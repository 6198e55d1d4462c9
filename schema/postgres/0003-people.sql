-- owner: identity. One row a person with an account: students by their number, staff by theirs.
create table people (
  id            text primary key,
  number        text not null unique,
  name          text not null,
  kind          text not null,
  department    text not null,
  email         text not null,
  phone         text not null,
  password_hash text,
  theme         text not null,
  text_size     text not null,
  created_ms    bigint not null,
  disabled      smallint not null
);

-- owner: identity. What a person is there for. Empty text where a role needs no unit or no post.
create table duties (
  person_id text not null,
  role      text not null,
  unit_id   text not null,
  post      text not null,
  primary key (person_id, role, unit_id, post)
);

create index duties_by_role on duties (role, unit_id, post);

-- owner: identity. One row a signed-in browser, found by the keyed hash of its cookie.
create table sessions (
  token_hash text primary key,
  person_id  text not null,
  created_ms bigint not null,
  seen_ms    bigint not null,
  expires_ms bigint not null
);

create index sessions_by_person on sessions (person_id);
create index sessions_by_end on sessions (expires_ms);

-- owner: identity. One-time links that set a password, found by the keyed hash of what stands in the link.
create table setup_links (
  token_hash text primary key,
  person_id  text not null unique,
  expires_ms bigint not null
);
