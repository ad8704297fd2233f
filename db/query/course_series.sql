SELECT r.time_ns, r.span_ns, r.rss_kb, r.rss_peak_kb, r.anon_kb, r.vsz_kb, r.user_ns, r.sys_ns, r.read_bytes,
       r.write_bytes, r.threads, r.steps
FROM series_rate r
WHERE r.process_id = :process
ORDER BY r.time_ns
