-- Call stacks of side :side, parents before children: what each node is, its time (nanoseconds) and samples.
SELECT s.process_id, s.node, s.parent, coalesce(f.name, s.outside), coalesce(file.path, ''), s.line,
       s.samples * p.sample_ns, s.function_id IS NULL
FROM side_process p
JOIN stack s ON s.process_id = p.process_id
LEFT JOIN function f ON f.id = s.function_id
LEFT JOIN file ON file.id = s.file_id
WHERE p.side = :side
ORDER BY s.process_id, s.node
