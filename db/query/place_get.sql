SELECT p.function_id, p.file_id, p.line, f.reason IS NOT NULL
FROM place p LEFT JOIN function f ON f.id = p.function_id
WHERE p.module_id = :module AND p.address = :address
ORDER BY p.depth
