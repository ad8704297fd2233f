-- Functions that the selected processes could run, those that never ran or are not instrumented too. A header's
-- function is one row.
WITH units AS (
    SELECT DISTINCT unit_id FROM selected JOIN process_unit USING (process_id)
), c AS (
    SELECT function_id, sum(calls) AS calls FROM calls JOIN selected USING (process_id) GROUP BY function_id
), self AS (
    SELECT function_id, sum(samples) AS samples, sum(samples * sample_ns) AS ns
    FROM line_samples JOIN selected USING (process_id) GROUP BY function_id
), total AS (
    SELECT function_id, sum(samples * sample_ns) AS ns
    FROM function_samples JOIN selected USING (process_id) GROUP BY function_id
)
SELECT f.file_id, file.path, f.name, f.line, max(f.last_line), min(f.reason), coalesce(sum(c.calls), 0),
       coalesce(sum(self.samples), 0), coalesce(sum(self.ns), 0.0), coalesce(sum(total.ns), 0.0)
FROM units
JOIN function f USING (unit_id)
JOIN file ON file.id = f.file_id
LEFT JOIN c ON c.function_id = f.id
LEFT JOIN self ON self.function_id = f.id
LEFT JOIN total ON total.function_id = f.id
GROUP BY f.file_id, f.name, f.line
ORDER BY f.file_id, f.line
