-- Functions of a module, in the order in which addresses are looked up in them, with the first line behind the
-- signature that has a count.
SELECT file.path, f.id, f.file_id, f.line, f.last_line, f.name, f.reason IS NULL,
       coalesce((SELECT min(l.line) FROM line l
                 WHERE l.function_id = f.id AND l.file_id = f.file_id AND l.line > f.line), f.line),
       EXISTS (SELECT 1 FROM wrapper w WHERE w.function_id = f.id)
FROM unit JOIN function f ON f.unit_id = unit.id JOIN file ON file.id = f.file_id
WHERE unit.module_id = :module
ORDER BY file.path, f.line, f.id
