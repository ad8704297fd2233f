-- Allocations of lines of the selected processes; what is live counts as leaked where the process ended by itself.
SELECT a.file_id, a.line, sum(a.allocs), sum(a.bytes), sum(a.temporary),
       coalesce(sum(a.bytes - a.freed_bytes) FILTER (WHERE p.ended IN ('exit', 'fast exit')), 0)
FROM selected s
JOIN process p ON p.id = s.process_id
JOIN line_allocs a ON a.process_id = s.process_id
GROUP BY a.file_id, a.line
ORDER BY a.file_id, a.line
