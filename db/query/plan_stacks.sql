-- Call stacks of side :side, parents before children: which function and line each node is, and its time (seconds) in
-- the run that it is of.
SELECT p.repeat - 1 AS run, s.process_id, s.parent, s.function_id, coalesce(f.name, s.outside) AS name, f.line AS line,
       f.last_line, own.path AS function_path, coalesce(file.path, '') AS path, s.line AS at,
       s.samples * p.sample_ns / 1e9 AS seconds
FROM side_process p
JOIN stack s ON s.process_id = p.process_id
LEFT JOIN function f ON f.id = s.function_id
LEFT JOIN file own ON own.id = f.file_id
LEFT JOIN file ON file.id = s.file_id
WHERE p.side = :side
ORDER BY s.process_id, s.node
