-- Data quality and samples (7.5): which answers were looked at, what was found in them, and what people said of cases drawn by chance.

-- owner: screening. An answer that was looked at: of so many each check was asked.
create table screening_looked (
  case_no    text not null,
  seq        bigint not null,
  unit       text not null,
  replied_ms bigint not null,
  primary key (case_no, seq)
);

create index screening_looked_by_time on screening_looked (replied_ms);

-- owner: screening. How far the answers of a unit were looked at.
create table screening_looks (
  unit     text primary key,
  until_ms bigint not null
);

-- owner: screening. What a check found in an answer, and what a person said of it: open, asked to be mended, or fine with a reason.
create table screening_marks (
  case_no    text not null,
  seq        bigint not null,
  quality    text not null,
  unit       text not null,
  replied_ms bigint not null,
  other_no   text,
  state      text not null,
  by_person  text,
  at_ms      bigint,
  reason     text not null,
  primary key (case_no, seq, quality)
);

create index screening_marks_by_time on screening_marks (replied_ms, quality, state);
create index screening_marks_by_quality on screening_marks (quality, replied_ms);

-- owner: screening. A draw of cases by chance: from what, by whom, and the seed that draws the same again.
create table screening_samples (
  id            text primary key,
  drawn_ms      bigint not null,
  drawn_by      text not null,
  from_day      text not null,
  until_day     text not null,
  unit          text,
  is_stratified smallint not null,
  wanted        bigint not null,
  pool          bigint not null,
  seed          text not null
);

create index screening_samples_by_time on screening_samples (drawn_ms, id);

-- owner: screening. A case that was drawn, with the unit that had it, and what the reviewer said; nothing where it cannot be said.
create table screening_sampled (
  sample_id   text not null,
  case_no     text not null,
  unit        text not null,
  answered    smallint,
  polite      smallint,
  truthful    smallint,
  in_time     smallint,
  words       text not null,
  reviewed_ms bigint,
  reviewed_by text,
  primary key (sample_id, case_no)
);
