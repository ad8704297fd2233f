-- The selected processes on the clock of the first one.
SELECT p.id, p.pid, p.exe, p.started_ns - min(p.started_ns) OVER (), p.wall_ns, p.user_ns, p.sys_ns, p.max_rss_kb
FROM selected s JOIN process p ON p.id = s.process_id
ORDER BY p.started_ns, p.id
