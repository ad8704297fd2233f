-- CPU time of process :process by core, at each point of its series: its own and everybody's.
SELECT core, time_ns, own_ns, busy_ns
FROM series_core
WHERE process_id = :process
ORDER BY core, time_ns
