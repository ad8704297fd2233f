-- Outcomes of conditions in the selected processes, those never evaluated too. The n-th condition of a line is the same
-- one in all units, so that those of headers are summed.
SELECT path, line, place, sum(taken), sum(missed)
FROM (SELECT file.path AS path, b.line AS line, coalesce(o.taken, 0) AS taken, coalesce(o.missed, 0) AS missed,
             row_number() OVER (PARTITION BY s.process_id, b.unit_id, b.file_id, b.line ORDER BY b.number) - 1 AS place
      FROM selected s
      JOIN process_unit pu ON pu.process_id = s.process_id
      JOIN branch b ON b.unit_id = pu.unit_id
      JOIN file ON file.id = b.file_id
      LEFT JOIN outcomes o ON o.process_id = s.process_id AND o.unit_id = b.unit_id AND o.number = b.number)
GROUP BY path, line, place
ORDER BY path, line, place
