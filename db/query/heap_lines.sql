-- Allocations of the selected processes by line: one row for each way (below) that memory came.
SELECT a.file_id, file.path, a.line, f.name, a.below, sum(a.allocs), sum(a.bytes), sum(a.frees), sum(a.temporary),
       sum(a.failed), sum(a.peak_bytes), sum(a.at_peak_bytes), coalesce(sum(a.leaked_bytes), 0),
       coalesce(sum(a.leaked), 0), max(a.sites), sum(a.buffer_bytes)
FROM selected
JOIN line_leak a USING (process_id)
JOIN function f ON f.id = a.function_id
JOIN file ON file.id = a.file_id
GROUP BY a.file_id, a.line, f.name, a.below
