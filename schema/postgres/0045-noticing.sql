-- owner: insight. How far the follower has come, by name; derived, like the two tables below.
create table insight_state (
  name  text primary key,
  value bigint not null,
  words text not null
);

-- owner: insight. One row a case that was looked at, with the topic it belongs to; empty where it must not enter one.
create table insight_members (
  case_no text primary key,
  topic   text not null,
  at_ms   bigint not null
);

create index insight_members_by_topic on insight_members (topic, at_ms) where topic <> '';
create index insight_members_by_time on insight_members (at_ms, case_no);

-- owner: insight. One row a topic: what the office called it, and since when it takes nothing in.
create table insight_topics (
  topic     text primary key,
  began_ms  bigint not null,
  name      text not null,
  closed_ms bigint
);

-- owner: insight. What the office decided about topics, append only: applied again when topics are built anew.
create table insight_decisions (
  seq     bigint primary key,
  at_ms   bigint not null,
  made_by text not null,
  topic   text not null,
  verb    text not null,
  object  text not null,
  reason  text not null
);

-- owner: insight. What was warned of, with its numbers, once each; `subject` is a topic, or a category and a place.
create table insight_warnings (
  id          text primary key,
  kind        text not null,
  subject     text not null,
  category    text not null,
  place       text not null,
  at_ms       bigint not null,
  day         text not null,
  window_days bigint not null,
  observed    bigint not null,
  people      bigint not null,
  expected    double precision not null,
  chance      double precision not null,
  told        smallint not null
);

create unique index insight_warnings_once on insight_warnings (kind, subject, day);
create index insight_warnings_by_time on insight_warnings (at_ms);

create index cases_in_order on cases (submitted_at, case_no);
