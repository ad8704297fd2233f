-- Selected processes with a series, those that used most first.
SELECT p.id, p.pid, p.user_ns + p.sys_ns, p.wall_ns, p.threads_peak
FROM selected s JOIN process p ON p.id = s.process_id
WHERE EXISTS (SELECT 1 FROM series WHERE process_id = p.id)
ORDER BY 3 DESC, p.started_ns, p.id
