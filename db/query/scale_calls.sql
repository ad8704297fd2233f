-- Calls by function and run of side :side.
SELECT file.path, f.line, f.name, s.run_id, sum(c.calls)
FROM side_process s
JOIN calls c ON c.process_id = s.process_id
JOIN function f ON f.id = c.function_id
JOIN file ON file.id = f.file_id
WHERE s.side = :side
GROUP BY file.path, f.line, f.name, s.run_id
ORDER BY file.path, f.line, f.name, s.run_id
