-- Allocations that name no instrumented line, by module and reason.
SELECT a.place, a.reason, sum(a.allocs), sum(a.bytes), sum(a.frees), sum(a.temporary), sum(a.at_peak_bytes),
       coalesce(sum(a.leaked_bytes), 0)
FROM selected
JOIN outside_leak a USING (process_id)
GROUP BY a.place, a.reason
ORDER BY sum(a.bytes) DESC, a.place, a.reason
