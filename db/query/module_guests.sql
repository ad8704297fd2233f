-- Lines of a module's functions that stand in other files than the function's signature, from the first to the last.
SELECT file.path, l.file_id, f.id, min(l.line), max(l.line)
FROM unit JOIN function f ON f.unit_id = unit.id JOIN line l ON l.function_id = f.id JOIN file ON file.id = l.file_id
WHERE unit.module_id = :module AND l.file_id <> f.file_id
GROUP BY l.file_id, f.id
