-- Lines of the selected processes with a count, time or allocations, by function; those that never ran too. Hits are
-- NULL where they are not known.
WITH counted AS (
    SELECT l.function_id, l.file_id, l.line, sum(coalesce(hits.hits, 0)) AS hits, count(w.hits) AS wrong
    FROM selected s
    JOIN process_unit pu ON pu.process_id = s.process_id
    JOIN function f ON f.unit_id = pu.unit_id
    JOIN line l ON l.function_id = f.id
    LEFT JOIN hits ON hits.process_id = s.process_id AND hits.line_id = l.id
    LEFT JOIN wrong_hits w ON w.process_id = s.process_id AND w.line_id = l.id
    GROUP BY l.function_id, l.file_id, l.line
), timed AS (
    SELECT t.function_id, t.file_id, t.line, sum(t.samples * s.sample_ns) AS ns
    FROM selected s
    JOIN line_samples t ON t.process_id = s.process_id
    GROUP BY t.function_id, t.file_id, t.line
), allocated AS (
    SELECT a.function_id, a.file_id, a.line, sum(a.allocs) AS allocs, sum(a.bytes) AS bytes
    FROM selected s
    JOIN line_allocs a ON a.process_id = s.process_id
    GROUP BY a.function_id, a.file_id, a.line
), keys AS (
    SELECT function_id, file_id, line FROM counted
    UNION SELECT function_id, file_id, line FROM timed
    UNION SELECT function_id, file_id, line FROM allocated
)
SELECT file.path, k.line, home.path, f.line, f.name, iif(max(c.wrong), NULL, sum(c.hits)), coalesce(sum(t.ns), 0.0),
       coalesce(sum(a.allocs), 0), coalesce(sum(a.bytes), 0)
FROM keys k
JOIN file ON file.id = k.file_id
JOIN function f ON f.id = k.function_id
JOIN file home ON home.id = f.file_id
LEFT JOIN counted c USING (function_id, file_id, line)
LEFT JOIN timed t USING (function_id, file_id, line)
LEFT JOIN allocated a USING (function_id, file_id, line)
GROUP BY file.path, k.line, home.path, f.line, f.name
ORDER BY file.path, k.line, home.path, f.line, f.name
