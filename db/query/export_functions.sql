-- Functions that the selected processes could run. Calls are NULL where nothing counted them.
WITH self AS (
    SELECT function_id, sum(samples * sample_ns) AS ns
    FROM line_samples JOIN selected USING (process_id) GROUP BY function_id
), total AS (
    SELECT function_id, sum(samples * sample_ns) AS ns
    FROM function_samples JOIN selected USING (process_id) GROUP BY function_id
), called AS (
    SELECT pu.unit_id, pu.process_id, coalesce(i.calls, 1) AS counted
    FROM selected JOIN process_unit pu USING (process_id) LEFT JOIN imported i USING (process_id)
), counts AS (
    SELECT f.id, sum(iif(counted, coalesce(calls.calls, 0), NULL)) AS calls
    FROM called
    JOIN function f ON f.unit_id = called.unit_id AND f.reason IS NULL
    LEFT JOIN calls ON calls.process_id = called.process_id AND calls.function_id = f.id
    GROUP BY f.id
)
SELECT file.path, f.line, f.name, max(f.last_line), sum(counts.calls),
       coalesce(sum(self.ns), 0.0), coalesce(sum(total.ns), 0.0)
FROM counts
JOIN function f ON f.id = counts.id
JOIN file ON file.id = f.file_id
LEFT JOIN self ON self.function_id = f.id
LEFT JOIN total ON total.function_id = f.id
GROUP BY file.path, f.line, f.name
ORDER BY file.path, f.line, f.name
