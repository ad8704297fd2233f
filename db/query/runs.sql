-- The latest runs, oldest first.
SELECT r.id, r.label, r.started_ns, r.wall_ns, r.user_ns, r.processes, r.samples, e.ended, e.end_value, p.argv
FROM run_summary r JOIN process p ON p.id = r.root_id JOIN process e ON e.id = r.end_id
WHERE r.id IN (SELECT id FROM run ORDER BY started_ns DESC, id DESC LIMIT :limit)
ORDER BY r.started_ns, r.id
