-- What of the selected processes was the profiler's own: samples and time.
SELECT coalesce(sum(o.samples), 0), coalesce(sum(o.samples * s.sample_ns), 0.0)
FROM own_samples o JOIN selected s USING (process_id)
