-- The processes of a run.
INSERT INTO selected
SELECT p.id, coalesce(sampling.sample_ns, 0.0), p.cut_short
FROM process p
JOIN (SELECT * FROM run_sampling WHERE run_id = :run) sampling USING (sampler, sample_hz)
WHERE p.run_id = :run
