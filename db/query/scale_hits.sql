-- Hits by line and run of side :side; a line of a header counts for each function that has it.
SELECT file.path, l.line, f.name, s.run_id, sum(h.hits)
FROM side_process s
JOIN hits h ON h.process_id = s.process_id
JOIN line l ON l.id = h.line_id
JOIN function f ON f.id = l.function_id
JOIN file ON file.id = l.file_id
WHERE s.side = :side
GROUP BY file.path, l.line, f.name, s.run_id
ORDER BY file.path, l.line, f.name, s.run_id
