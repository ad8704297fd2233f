-- Allocations that name no instrumented line, by module and reason.
SELECT a.place, a.reason, sum(a.allocs), sum(a.bytes), sum(a.frees), sum(a.temporary), sum(a.at_peak_bytes),
       coalesce(sum(a.bytes - a.freed_bytes) FILTER (WHERE p.ended IN ('exit', 'fast exit')), 0)
FROM selected s
JOIN process p ON p.id = s.process_id
JOIN outside_allocs a ON a.process_id = s.process_id
GROUP BY a.place, a.reason
ORDER BY sum(a.bytes) DESC, a.place, a.reason
