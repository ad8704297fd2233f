-- A side's runs, oldest first, with what their samples stand for.
SELECT s.run_id, run.started_ns, (SELECT coalesce(sum(user_ns), 0.0) FROM run_sampling r WHERE r.run_id = s.run_id),
       (SELECT coalesce(sum(samples), 0) FROM run_sampling r WHERE r.run_id = s.run_id)
FROM side_run s JOIN run ON run.id = s.run_id
WHERE side = :side
ORDER BY repeat
