-- Time of the program that names no instrumented line: samples elsewhere, and processes without any sample.
SELECT place, reason, sum(samples * sample_ns) AS ns
FROM outside_samples JOIN selected USING (process_id)
WHERE reason <> 'the profiler''s own work'
GROUP BY place, reason
UNION ALL
SELECT sum(processes) || iif(sum(processes) = 1, ' process', ' processes'),
       iif(sampler = 'none', 'not sampled', 'too short for a sample'), sum(user_ns)
FROM run_sampling
WHERE samples = 0 AND user_ns > 0 AND run_id IN (SELECT run_id FROM selected JOIN process ON id = process_id)
GROUP BY sampler = 'none'
ORDER BY ns DESC, place, reason
