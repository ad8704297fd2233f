-- Allocations of lines of the selected processes.
SELECT a.file_id, a.line, sum(a.allocs), sum(a.bytes), sum(a.temporary), coalesce(sum(a.leaked_bytes), 0)
FROM selected
JOIN line_leak a USING (process_id)
GROUP BY a.file_id, a.line
ORDER BY a.file_id, a.line
