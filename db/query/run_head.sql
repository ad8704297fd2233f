SELECT r.label, p.argv, e.ended, e.end_value, r.started_ns, r.wall_ns, r.user_ns, r.sys_ns, r.max_rss_kb, r.processes
FROM run_summary r JOIN process p ON p.id = r.root_id JOIN process e ON e.id = r.end_id
WHERE r.id = :run
