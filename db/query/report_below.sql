-- Time spent in what is not instrumented and was called from instrumented lines, by library or function.
SELECT below, sum(samples) AS samples, sum(samples * sample_ns) AS ns
FROM line_samples JOIN selected USING (process_id)
WHERE below <> ''
GROUP BY below
ORDER BY ns DESC, below
