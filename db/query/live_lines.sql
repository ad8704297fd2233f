-- The same for lines.
WITH counted AS (
    SELECT l.function_id, l.file_id, l.line, h.hits, h.hits - coalesce(b.hits, 0) AS more
    FROM hits h JOIN line l ON l.id = h.line_id LEFT JOIN before_hits b ON b.line_id = l.id
), timed AS (
    SELECT t.function_id, t.file_id, t.line, sum(t.samples) AS samples,
           sum(t.samples) - coalesce(max(b.samples), 0) AS more
    FROM line_samples t LEFT JOIN before_line b USING (function_id, file_id, line)
    GROUP BY 1, 2, 3
), keys AS (
    SELECT function_id, file_id, line FROM counted UNION SELECT function_id, file_id, line FROM timed
)
SELECT file.path, k.line, f.name, c.hits, coalesce(c.more, 0) AS more_hits, coalesce(t.samples, 0),
       coalesce(t.more, 0) AS more_samples
FROM keys k
JOIN file ON file.id = k.file_id
JOIN function f ON f.id = k.function_id
LEFT JOIN counted c ON c.function_id = k.function_id AND c.file_id = k.file_id AND c.line = k.line
LEFT JOIN timed t ON t.function_id = k.function_id AND t.file_id = k.file_id AND t.line = k.line
ORDER BY more_samples DESC, more_hits DESC, 6 DESC, 4 DESC, file.path, k.line
LIMIT :limit
