-- The file of line :line of :function in :path, as run :run was built from it.
SELECT max(l.file_id)
FROM function f
JOIN line l ON l.function_id = f.id
JOIN file ON file.id = l.file_id
WHERE f.name = :function AND file.path = :path AND l.line = :line
  AND f.unit_id IN (SELECT unit_id FROM process JOIN process_unit ON process_id = process.id WHERE run_id = :run)
