-- Files of functions that the selected processes could run: what the page shows.
SELECT DISTINCT f.file_id, file.path
FROM (SELECT DISTINCT unit_id FROM selected JOIN process_unit USING (process_id)) u
JOIN function f USING (unit_id)
JOIN file ON file.id = f.file_id
ORDER BY file.path, f.file_id
