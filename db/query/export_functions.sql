-- The same for functions.
SELECT file.path, f.name, f.line, sum(coalesce(calls.calls, 0))
FROM selected s
JOIN process_unit pu ON pu.process_id = s.process_id
JOIN function f ON f.unit_id = pu.unit_id AND f.reason IS NULL
JOIN file ON file.id = f.file_id
LEFT JOIN calls ON calls.process_id = s.process_id AND calls.function_id = f.id
GROUP BY file.path, f.line, f.name
ORDER BY file.path, f.line, f.name
