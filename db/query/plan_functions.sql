-- All functions of the builds that side :side is of, those that never ran too.
SELECT DISTINCT f.name, f.line, f.last_line, file.path
FROM side_process p
JOIN process_unit u USING (process_id)
JOIN function f ON f.unit_id = u.unit_id
JOIN file ON file.id = f.file_id
WHERE p.side = :side
