INSERT INTO series (process_id, time_ns, rss_kb, rss_peak_kb, anon_kb, vsz_kb, user_ns, sys_ns, read_bytes, write_bytes,
    threads, steps)
VALUES (:process, :time_ns, :rss_kb, :rss_peak_kb, :anon_kb, :vsz_kb, :user_ns, :sys_ns, :read_bytes, :write_bytes,
    :threads, :steps)
