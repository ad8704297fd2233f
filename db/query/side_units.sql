-- Units of a side's processes, in the order of their lines.
SELECT id, first_function, first_line
FROM unit
WHERE id IN (SELECT unit_id FROM side_process JOIN process_unit USING (process_id) WHERE side = :side)
ORDER BY first_line
