-- owner: insight. One row a task that a unit was given before more complain: what, by when, and how far it has come.
create table insight_tasks (
  id          text primary key,
  topic       text not null,
  category    text not null,
  place       text not null,
  monthly     text not null,
  unit        text not null,
  lead        text not null,
  what        text not null,
  plan        text not null,
  due_ms      bigint not null,
  state       text not null,
  opened_ms   bigint not null,
  opened_by   text not null,
  done_ms     bigint,
  ended_ms    bigint
) without rowid;

create index insight_tasks_by_unit on insight_tasks (unit, state);
create index insight_tasks_by_time on insight_tasks (opened_ms);

-- owner: insight. What was done on a task or a monthly topic, append only: who, when, what and in which words.
create table insight_steps (
  subject text not null,
  seq     bigint not null,
  at_ms   bigint not null,
  made_by text not null,
  step    text not null,
  words   text not null,
  primary key (subject, seq)
) without rowid;
