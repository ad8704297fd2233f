-- Allocations of side :side by process and line, and what the line called for them.
SELECT a.process_id, a.function_id, a.file_id, a.line, f.name, file.path, a.below, a.allocs, a.bytes
FROM side_process p
JOIN line_allocs a ON a.process_id = p.process_id
JOIN function f ON f.id = a.function_id
JOIN file ON file.id = a.file_id
WHERE p.side = :side
ORDER BY a.process_id, a.function_id, a.file_id, a.line, a.below
