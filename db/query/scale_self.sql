-- Self time by function and run of side :side: nanoseconds, and how many samples say so.
SELECT file.path, f.line, f.name, s.run_id, sum(t.samples * s.sample_ns), sum(t.samples)
FROM side_process s
JOIN line_samples t ON t.process_id = s.process_id
JOIN function f ON f.id = t.function_id
JOIN file ON file.id = f.file_id
WHERE s.side = :side
GROUP BY file.path, f.line, f.name, s.run_id
ORDER BY file.path, f.line, f.name, s.run_id
