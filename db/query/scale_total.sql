-- Time of functions with what they call, by run of side :side: nanoseconds and samples.
SELECT file.path, f.line, f.name, s.run_id, sum(t.samples * s.sample_ns), sum(t.samples)
FROM side_process s
JOIN function_samples t ON t.process_id = s.process_id
JOIN function f ON f.id = t.function_id
JOIN file ON file.id = f.file_id
WHERE s.side = :side
GROUP BY file.path, f.line, f.name, s.run_id
ORDER BY file.path, f.line, f.name, s.run_id
