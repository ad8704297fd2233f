-- CPU time of the threads of process :process since the point before, and the time since then.
SELECT t.tid, p.time_ns, p.cpu_ns - lag(p.cpu_ns, 1, 0) OVER w, p.time_ns - lag(p.time_ns, 1, t.first_ns) OVER w
FROM series_thread p JOIN thread t USING (process_id, number)
WHERE p.process_id = :process
WINDOW w AS (PARTITION BY p.number ORDER BY p.time_ns)
ORDER BY p.number, p.time_ns
