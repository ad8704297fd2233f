-- What went wrong in recording, by process, and whose lines could not be timed exactly.
SELECT p.pid, p.note
FROM selected s JOIN process p ON p.id = s.process_id
WHERE p.note <> ''
UNION ALL
SELECT p.pid, f.name || ': ' || o.reason
FROM selected s
JOIN process p ON p.id = s.process_id
JOIN process_unit pu ON pu.process_id = p.id
JOIN lap_obstacle o ON o.unit_id = pu.unit_id
JOIN function f ON f.id = o.function_id
ORDER BY 1
