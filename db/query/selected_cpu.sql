-- User CPU time of a run: all of it, and that of processes among which nobody has a sample.
SELECT coalesce(sum(user_ns), 0.0), coalesce(sum(iif(samples, 0, user_ns)), 0.0) FROM run_sampling WHERE run_id = :run
