-- CPU time of process :process by core, at each point of its series.
SELECT core, time_ns / 1e9, own_ns / 1e9
FROM series_core
WHERE process_id = :process
ORDER BY core, time_ns
