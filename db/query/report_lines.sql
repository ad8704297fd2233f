-- Lines of one function (:file, :line, :name) with hits or time, in the selected processes. Hits are NULL where they
-- are not known.
WITH f AS (
    SELECT id, unit_id FROM function WHERE file_id = :file AND line = :line AND name = :name AND reason IS NULL
), counted AS (
    SELECT l.file_id, l.line, sum(coalesce(hits.hits, 0)) AS hits, max(l.in_loop AND s.cut_short) AS in_flight,
           count(wrong_hits.hits) AS wrong
    FROM selected s
    CROSS JOIN f
    JOIN process_unit pu ON pu.process_id = s.process_id AND pu.unit_id = f.unit_id
    JOIN line l ON l.function_id = f.id
    LEFT JOIN hits ON hits.process_id = s.process_id AND hits.line_id = l.id
    LEFT JOIN wrong_hits ON wrong_hits.process_id = s.process_id AND wrong_hits.line_id = l.id
    GROUP BY l.file_id, l.line
), timed AS (
    SELECT t.file_id, t.line, sum(t.samples) AS samples, sum(t.samples * s.sample_ns) AS ns,
           sum(CASE WHEN t.below <> '' THEN t.samples * s.sample_ns ELSE 0 END) AS below_ns
    FROM selected s
    CROSS JOIN f
    JOIN line_samples t ON t.process_id = s.process_id AND t.function_id = f.id
    GROUP BY t.file_id, t.line
), allocated AS (
    SELECT a.file_id, a.line, sum(a.allocs) AS allocs, sum(a.bytes) AS bytes
    FROM selected s
    CROSS JOIN f
    JOIN line_allocs a ON a.process_id = s.process_id AND a.function_id = f.id
    GROUP BY a.file_id, a.line
), exact AS (
    SELECT l.file_id, l.line, sum(e.time_ns) AS ns
    FROM selected s
    CROSS JOIN f
    JOIN lap l ON l.function_id = f.id
    JOIN exact_line e ON e.process_id = s.process_id AND e.unit_id = l.unit_id AND e.number = l.number
    GROUP BY l.file_id, l.line
), keys AS (
    SELECT file_id, line FROM counted UNION SELECT file_id, line FROM timed UNION SELECT file_id, line FROM allocated
    UNION SELECT file_id, line FROM exact
)
SELECT k.file_id, k.line, iif(c.wrong, NULL, c.hits), c.in_flight, coalesce(t.samples, 0), coalesce(t.ns, 0.0),
       coalesce(t.below_ns, 0.0), file.path, coalesce(a.allocs, 0), coalesce(a.bytes, 0), e.ns,
       sum(e.ns) OVER ()
FROM keys k
JOIN file ON file.id = k.file_id
LEFT JOIN counted c ON c.file_id = k.file_id AND c.line = k.line
LEFT JOIN timed t ON t.file_id = k.file_id AND t.line = k.line
LEFT JOIN allocated a ON a.file_id = k.file_id AND a.line = k.line
LEFT JOIN exact e ON e.file_id = k.file_id AND e.line = k.line
ORDER BY k.file_id <> :file, file.path, k.line
