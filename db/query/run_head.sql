SELECT label, argv, ended, end_value, started_ns, wall_ns, user_ns, sys_ns, max_rss_kb, processes
FROM run_summary
WHERE id = :run
