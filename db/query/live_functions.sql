-- Functions of the one process that is there, those first that took most time since the table before was made.
WITH self AS (
    SELECT function_id, sum(samples) AS samples FROM line_samples GROUP BY function_id
), seen AS (
    SELECT function_id FROM calls UNION SELECT function_id FROM self
)
SELECT f.name, file.path, f.line, coalesce(c.calls, 0), coalesce(c.calls, 0) - coalesce(b.calls, 0) AS more_calls,
       coalesce(s.samples, 0), coalesce(s.samples, 0) - coalesce(t.samples, 0) AS more_samples
FROM seen
JOIN function f ON f.id = seen.function_id
JOIN file ON file.id = f.file_id
LEFT JOIN calls c ON c.function_id = f.id
LEFT JOIN self s ON s.function_id = f.id
LEFT JOIN before_calls b ON b.function_id = f.id
LEFT JOIN before_self t ON t.function_id = f.id
ORDER BY more_samples DESC, more_calls DESC, 6 DESC, 4 DESC, f.name
LIMIT :limit
