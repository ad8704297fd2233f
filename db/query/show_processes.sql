SELECT p.pid, p.ppid, p.ended, p.end_value, p.wall_ns, p.user_ns, p.sys_ns, p.max_rss_kb, p.major_faults,
       p.minor_faults,
       p.threads_peak, p.samples, p.argv
FROM selected s JOIN process p ON p.id = s.process_id
ORDER BY p.started_ns, p.id
