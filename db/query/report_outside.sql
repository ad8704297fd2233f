-- Samples that name no instrumented line.
SELECT place, reason, sum(samples) AS samples, sum(samples * sample_ns) AS ns
FROM outside_samples JOIN selected USING (process_id)
GROUP BY place, reason
ORDER BY ns DESC, place, reason
