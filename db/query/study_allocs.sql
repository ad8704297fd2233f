-- Allocations by function in the selected processes.
SELECT file.path, f.name, f.line, sum(a.allocs), sum(a.bytes)
FROM selected
JOIN line_allocs a USING (process_id)
JOIN function f ON f.id = a.function_id
JOIN file ON file.id = f.file_id
GROUP BY f.file_id, f.name, f.line
