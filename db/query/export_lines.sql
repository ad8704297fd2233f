-- Lines that have a count in the selected processes, those that never ran too.
SELECT file.path, l.line, sum(coalesce(hits.hits, 0))
FROM selected s
JOIN process_unit pu ON pu.process_id = s.process_id
JOIN function f ON f.unit_id = pu.unit_id
JOIN line l ON l.function_id = f.id
JOIN file ON file.id = l.file_id
LEFT JOIN hits ON hits.process_id = s.process_id AND hits.line_id = l.id
WHERE NOT EXISTS (SELECT 1 FROM wrong_hits w WHERE w.process_id = s.process_id AND w.line_id = l.id)
GROUP BY file.path, l.line
ORDER BY file.path, l.line
