-- Functions of a module, in the order in which addresses are looked up in them.
SELECT file.path, f.id, f.file_id, f.line, f.last_line, f.name, f.reason IS NULL
FROM unit JOIN function f ON f.unit_id = unit.id JOIN file ON file.id = f.file_id
WHERE unit.module_id = :module
ORDER BY file.path, f.line, f.id
