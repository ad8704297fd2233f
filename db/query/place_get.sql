-- Places of an address; the last column says whether there is more to know of the function.
SELECT p.function_id, p.file_id, p.line,
       f.reason IS NOT NULL OR EXISTS (SELECT 1 FROM wrapper w WHERE w.function_id = p.function_id)
FROM place p LEFT JOIN function f ON f.id = p.function_id
WHERE p.module_id = :module AND p.address = :address
ORDER BY p.depth
