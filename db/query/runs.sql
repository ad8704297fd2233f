-- The latest runs, oldest first.
SELECT id, label, started_ns, wall_ns, user_ns, processes, samples, ended, end_value, argv, contaminated
FROM run_summary
WHERE id IN (SELECT id FROM run ORDER BY started_ns DESC, id DESC LIMIT :limit)
ORDER BY started_ns, id
