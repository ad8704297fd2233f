-- Functions of the selected processes that ran or took time, hottest first. A header's function is one row.
WITH c AS (
    SELECT function_id, sum(calls) AS calls FROM calls JOIN selected USING (process_id) GROUP BY function_id
), self AS (
    SELECT function_id, sum(samples) AS samples, sum(samples * sample_ns) AS ns
    FROM line_samples JOIN selected USING (process_id) GROUP BY function_id
), total AS (
    SELECT function_id, sum(samples) AS samples, sum(samples * sample_ns) AS ns
    FROM function_samples JOIN selected USING (process_id) GROUP BY function_id
), seen AS (
    SELECT function_id FROM c UNION SELECT function_id FROM self UNION SELECT function_id FROM total
)
SELECT f.file_id, file.path, f.name, f.line, max(f.last_line) AS last_line, coalesce(sum(c.calls), 0) AS calls,
       coalesce(sum(self.samples), 0) AS self_samples, coalesce(sum(self.ns), 0.0) AS self_ns,
       coalesce(sum(total.samples), 0) AS total_samples, coalesce(sum(total.ns), 0.0) AS total_ns
FROM seen
JOIN function f ON f.id = seen.function_id
JOIN file ON file.id = f.file_id
LEFT JOIN c USING (function_id)
LEFT JOIN self USING (function_id)
LEFT JOIN total USING (function_id)
GROUP BY f.file_id, f.name, f.line
ORDER BY self_ns DESC, calls DESC, file.path, f.line
