-- Timed calls of the selected processes, by function and process.
SELECT file.path, f.line, f.name, t.timed, t.calls, t.total_ns, t.least_ns, t.most_ns, t.running, t.unseen, t.thinned,
       t.recursed, t.bins, clock.ticks_per_s
FROM selected s
JOIN timing t ON t.process_id = s.process_id
JOIN clock ON clock.process_id = s.process_id
JOIN function f ON f.id = t.function_id
JOIN file ON file.id = f.file_id
ORDER BY file.path, f.line, f.name
