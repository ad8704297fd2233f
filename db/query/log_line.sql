-- What line :line of file version :file did in run :run: hits (NULL: no such line, or not known), seconds (NULL: the
-- run has no samples), samples.
WITH at AS (
    SELECT l.id FROM function f JOIN line l ON l.function_id = f.id
    WHERE f.file_id = :file AND l.file_id = :file AND l.line = :line
), counted AS (
    SELECT sum(coalesce(h.hits, 0)) AS hits, count(*) AS lines, count(w.hits) AS wrong
    FROM process p
    JOIN process_unit pu ON pu.process_id = p.id
    JOIN function f ON f.unit_id = pu.unit_id AND f.file_id = :file
    JOIN line l ON l.function_id = f.id AND l.id IN (SELECT id FROM at)
    LEFT JOIN hits h ON h.process_id = p.id AND h.line_id = l.id
    LEFT JOIN wrong_hits w ON w.process_id = p.id AND w.line_id = l.id
    WHERE p.run_id = :run
), timed AS (
    SELECT sum(t.samples) AS samples, sum(t.samples * r.sample_ns) AS ns
    FROM process p
    JOIN run_sampling r ON r.run_id = p.run_id AND r.sampler = p.sampler AND r.sample_hz = p.sample_hz
    JOIN line_samples t ON t.process_id = p.id AND t.file_id = :file AND t.line = :line
    WHERE p.run_id = :run
)
SELECT iif(lines AND NOT wrong, hits, NULL),
       iif(EXISTS (SELECT 1 FROM process WHERE run_id = :run AND samples), coalesce(ns, 0.0) / 1e9, NULL),
       coalesce(samples, 0)
FROM counted, timed
