-- Allocations by line and run of side :side: how many, and bytes.
SELECT file.path, a.line, f.name, s.run_id, sum(a.allocs), sum(a.bytes)
FROM side_process s
JOIN line_allocs a ON a.process_id = s.process_id
JOIN function f ON f.id = a.function_id
JOIN file ON file.id = a.file_id
WHERE s.side = :side
GROUP BY file.path, a.line, f.name, s.run_id
ORDER BY file.path, a.line, f.name, s.run_id
