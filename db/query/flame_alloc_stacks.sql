-- Call stacks of allocations of process :process, parents before children: what each node is, whether allocations may
-- belong to it (the innermost function that is no wrapper), and how many came to it.
SELECT s.parent, coalesce(s.function_id, 0), coalesce(s.file_id, 0), s.line, coalesce(f.name, s.outside),
       coalesce(file.path, ''), s.function_id IS NOT NULL AND w.function_id IS NULL, s.allocs
FROM alloc_stack s
LEFT JOIN function f ON f.id = s.function_id
LEFT JOIN file ON file.id = s.file_id
LEFT JOIN wrapper w ON w.function_id = s.function_id
WHERE s.process_id = :process
ORDER BY s.node
