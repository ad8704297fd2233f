-- Lines that have a count in the selected processes, those that never ran too. A header's lines are of all its units.
SELECT l.file_id, l.line, sum(coalesce(hits.hits, 0)), max(l.in_loop AND s.cut_short), count(wrong_hits.hits)
FROM selected s
JOIN process_unit pu ON pu.process_id = s.process_id
JOIN function f ON f.unit_id = pu.unit_id
JOIN line l ON l.function_id = f.id
LEFT JOIN hits ON hits.process_id = s.process_id AND hits.line_id = l.id
LEFT JOIN wrong_hits ON wrong_hits.process_id = s.process_id AND wrong_hits.line_id = l.id
GROUP BY l.file_id, l.line
ORDER BY l.file_id, l.line
