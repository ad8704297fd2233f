-- Allocations of the selected processes by line: one row for each way (below) that memory came. What is live counts as
-- leaked where the process ended by itself.
SELECT a.file_id, file.path, a.line, f.name, a.below, sum(a.allocs), sum(a.bytes), sum(a.frees), sum(a.temporary),
       sum(a.failed), sum(a.peak_bytes), sum(a.at_peak_bytes),
       coalesce(sum(a.bytes - a.freed_bytes) FILTER (WHERE p.ended IN ('exit', 'fast exit')), 0),
       coalesce(sum(a.allocs - a.frees) FILTER (WHERE p.ended IN ('exit', 'fast exit')), 0), max(a.sites)
FROM selected s
JOIN process p ON p.id = s.process_id
JOIN line_allocs a ON a.process_id = s.process_id
JOIN function f ON f.id = a.function_id
JOIN file ON file.id = a.file_id
GROUP BY a.file_id, a.line, f.name, a.below
