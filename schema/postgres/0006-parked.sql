-- owner: cases. Answers of a form parked while its author signs in: sealed, under the keyed hash of a key that only the way back holds.
create table parked_answers (
  name        text primary key,
  sealed      text not null,
  parked_hour bigint not null
);

create index parked_answers_by_hour on parked_answers (parked_hour);
