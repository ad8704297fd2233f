-- What the function :name in line :line of file version :file did in run :run: calls, seconds in itself (NULL: the run
-- has no samples), samples.
WITH f AS (
    SELECT id FROM function WHERE file_id = :file AND line = :line AND name = :name
), called AS (
    SELECT sum(c.calls) AS calls
    FROM process p JOIN calls c ON c.process_id = p.id AND c.function_id IN (SELECT id FROM f)
    WHERE p.run_id = :run
), timed AS (
    SELECT sum(t.samples) AS samples, sum(t.samples * r.sample_ns) AS ns
    FROM process p
    JOIN run_sampling r ON r.run_id = p.run_id AND r.sampler = p.sampler AND r.sample_hz = p.sample_hz
    JOIN line_samples t ON t.process_id = p.id AND t.function_id IN (SELECT id FROM f)
    WHERE p.run_id = :run
)
SELECT coalesce(calls, 0),
       iif(EXISTS (SELECT 1 FROM process WHERE run_id = :run AND samples), coalesce(ns, 0.0) / 1e9, NULL),
       coalesce(samples, 0)
FROM called, timed
