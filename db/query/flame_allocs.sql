-- Allocations of side :side by line, and what the line called for them.
SELECT f.name, file.path, a.line, a.below, sum(a.allocs), sum(a.bytes)
FROM side_process p
JOIN line_allocs a ON a.process_id = p.process_id
JOIN function f ON f.id = a.function_id
JOIN file ON file.id = a.file_id
WHERE p.side = :side
GROUP BY f.name, file.path, a.line, a.below
ORDER BY file.path, f.name, a.line, a.below
