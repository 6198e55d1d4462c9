-- Everything that is open in the order in which it presses; where the clock stands still, by what will be due when it goes on.
create index cases_open on cases (coalesce(next_due, result_due, submitted_at), case_no)
  where stage in ('submitted', 'accepted', 'assigned');
